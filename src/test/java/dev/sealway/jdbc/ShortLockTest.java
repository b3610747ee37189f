package dev.sealway.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.patience.Patience;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class ShortLockTest {

    private static final QualifiedName T = QualifiedName.of("public", "t");
    private static final Sql LOCK = Sql.of("LOCK TABLE public.t IN ACCESS EXCLUSIVE MODE");

    @BeforeEach
    void createsT(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE t (id int) PARTITION BY LIST (id)", "CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1)");
    }

    @Test
    @DisplayName("T11 behind a long reader it gives up, and other readers end while that one still reads")
    void givesWayToReadersBehindALongOne(TestDatabase database) throws Exception {
        try (Connection reader = reading(database)) {
            ShortLock lock = new ShortLock(patience(3), Duration.ofMillis(700));
            CompletableFuture<Void> change = CompletableFuture.runAsync(() -> lock(database, lock));
            while (!"1"
                    .equals(database.value(
                            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 't1'::regclass"))) {
                Thread.sleep(10);
            }
            assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("0");
            assertThat(reader.isClosed()).isFalse();
            assertThatThrownBy(() -> change.get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SealwayException.class)
                    .hasMessageContaining("locking did not get its lock on public.t in 3 attempts of 700 ms")
                    .hasMessageContaining("held by pid")
                    .hasMessageContaining("idle in transaction");
        }
    }

    @Test
    @DisplayName("T11 a lock that was not granted is tried again")
    void triesAgain(TestDatabase database) throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        try (Connection reader = reading(database);
                Session session = Database.of(database.dataSource()).open()) {
            ShortLock lock = new ShortLock(patience(3), Duration.ofMillis(100));
            lock.run(session, T, "locking", TransactionSettings.writing(), tx -> {
                if (attempts.incrementAndGet() == 2) {
                    close(reader);
                }
                tx.executeDefinition(LOCK);
                return null;
            });
        }
        assertThat(attempts).hasValue(2);
    }

    private static Patience patience(int attempts) {
        return new Patience(attempts, Duration.ofMillis(20), Duration.ofMillis(50), () -> 0);
    }

    /** A transaction that has read one partition and does not end. */
    private static Connection reading(TestDatabase database) throws SQLException {
        Connection reader = database.connect();
        reader.setAutoCommit(false);
        try (var statement = reader.createStatement()) {
            statement.execute("SELECT FROM t1");
        }
        return reader;
    }

    private static void lock(TestDatabase database, ShortLock lock) {
        try (Session session = Database.of(database.dataSource()).open()) {
            lock.run(session, T, "locking", TransactionSettings.writing(), tx -> {
                tx.executeDefinition(LOCK);
                return null;
            });
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
