package dev.sealway.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;

@ExtendWith(PostgresExtension.class)
@Timeout(60)
class GaugeTest {

    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    @Test
    void countsOthersThatWaitForTheRunAndNoneOfItsOwn(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE people (id int)");
        List<Thread> waiting = new ArrayList<>();
        try (Connection holder = database.connect();
                Connection own = database.connect();
                Connection other = database.connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("LOCK TABLE people");
            waiting.add(waitFor(own));
            waiting.add(waitFor(other));
            while (Integer.parseInt(database.value("SELECT count(*) FROM pg_locks WHERE NOT granted")) < 2) {
                Thread.onSpinWait();
            }
            assertThat(waitingFor(database, List.of(pid(holder)))).hasValue(2);
            assertThat(waitingFor(database, List.of(pid(holder), pid(own)))).hasValue(1);
            holder.rollback();
            for (Thread thread : waiting) {
                thread.join();
            }
        }
    }

    private static Thread waitFor(Connection connection) {
        Thread thread = new Thread(() -> {
            try {
                connection.createStatement().execute("SELECT FROM people");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    private static OptionalInt waitingFor(TestDatabase database, List<Integer> backends) {
        return Database.of(database.dataSource())
                .inTransaction(TransactionSettings.reading(), "measuring", tx -> new Gauge(Limits.USUAL)
                        .measure(tx, List.of(), backends, 1)
                        .waiting());
    }
}
