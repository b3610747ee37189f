package dev.sealway.bench.speed;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** Several connections at work at once. */
final class Workers {

    /** What one of them does. */
    interface Work {

        void run(Connection connection, int number) throws Exception;
    }

    private Workers() {}

    /** @return seconds until the last has ended */
    static double time(DataSource database, int workers, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            long start = System.nanoTime();
            List<Future<?>> running = new ArrayList<>();
            for (int w = 0; w < workers; w++) {
                int number = w;
                running.add(threads.submit(() -> {
                    try (Connection connection = database.getConnection()) {
                        work.run(connection, number);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            return (System.nanoTime() - start) / 1e9;
        } finally {
            threads.shutdownNow();
        }
    }
}
