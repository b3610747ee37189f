package dev.sealway.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class ConcurrentIndexTest {

    private static final int ROUNDS = 8;

    /** Builds of partial indexes wait for each other's snapshots; a deadlock would be tried again, so the server is asked. */
    @Tag("slow")
    @Test
    void isBuiltOnSeveralTablesAtOnceWithoutADeadlock(TestDatabase database) throws SQLException {
        for (int table = 0; table < 3; table++) {
            database.execute("CREATE TABLE t%1$d AS SELECT g AS id, 'a' || g AS email FROM generate_series(1, 20000) g"
                    .formatted(table));
        }
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<CompletableFuture<Long>> builds = IntStream.range(0, 3)
                    .mapToObj(t -> CompletableFuture.supplyAsync(() -> builds(database, t), threads))
                    .toList();
            for (CompletableFuture<Long> build : builds) {
                awaitEnd(database, build.join());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(database.value(
                        "SELECT pg_stat_get_db_deadlocks(oid) FROM pg_database WHERE datname = current_database()"))
                .isEqualTo("0");
        assertThat(database.value("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                .isEqualTo("0");
    }

    /** A process hands in what it has counted when it ends, at the latest. */
    private static void awaitEnd(TestDatabase database, long process) throws SQLException {
        while (!database.value("SELECT count(*) FROM pg_stat_activity WHERE pid = %d".formatted(process))
                .equals("0")) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** @return the number of the server's process */
    private static long builds(TestDatabase database, int table) {
        ConcurrentIndex index = new ConcurrentIndex(
                QualifiedName.of("public", "t" + table),
                Identifier.of("pending_" + table),
                false,
                Sql.of("(id) WHERE email IS NOT NULL AND id % 3 = 0"));
        try (Session session = Database.of(database.dataSource()).open()) {
            for (int round = 0; round < ROUNDS; round++) {
                assertThat(index.build(session)).isTrue();
                index.remove(session);
            }
            return session.inTransaction(
                    TransactionSettings.reading(),
                    "a test",
                    tx -> tx.number(Sql.of("SELECT pg_catalog.pg_backend_pid()")));
        }
    }
}
