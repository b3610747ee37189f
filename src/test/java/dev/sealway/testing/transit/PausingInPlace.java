package dev.sealway.testing.transit;

import dev.sealway.batch.WalkListener;
import dev.sealway.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A backfill or a rollback in place in a process of its own, which stops with a batch worked on and not written, and waits to
 * be killed.
 */
public final class PausingInPlace implements AutoCloseable {

    private static final String SIGN = "paused";

    private final Process process;

    private PausingInPlace(Process process) {
        this.process = process;
    }

    /**
     * Starts it and waits until it stands still.
     *
     * @param tables the plan from the key {@code tables} on
     * @param verb {@code backfill} or {@code rollback}
     * @param batch the number of the batch at which it stops, from 1
     */
    public static PausingInPlace start(TestDatabase database, String tables, String verb, int batch)
            throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PausingInPlace.class.getName(),
                        database.jdbcUrl(),
                        tables,
                        verb,
                        Integer.toString(batch))
                .redirectErrorStream(true)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder heard = new StringBuilder();
        for (String line = output.readLine(); !SIGN.equals(line); line = output.readLine()) {
            if (line == null) {
                throw new IOException("the run ended before it paused: " + heard);
            }
            heard.append(line).append('\n');
        }
        return new PausingInPlace(process);
    }

    /** SIGKILL: nothing of it gets to clean up. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    public static void main(String[] args) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(args[0]);
        AtomicInteger batches = new AtomicInteger(Integer.parseInt(args[3]));
        InPlaceLife life = InPlaceLife.over(database, args[1]).listening(new WalkListener() {
            @Override
            public void sealed(int rows) {
                if (batches.decrementAndGet() == 0) {
                    System.out.println(SIGN);
                    System.out.flush();
                    sleepForEver();
                }
            }
        });
        if (args[2].equals("rollback")) {
            life.rollback();
        } else {
            life.backfill();
        }
    }

    private static void sleepForEver() {
        try {
            Thread.sleep(600_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
