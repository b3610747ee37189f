package dev.sealway.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class ConcurrentIndexTest {

    private static final int ROUNDS = 8;

    /** Builds of partial indexes wait for each other's snapshots, but never in a circle. */
    @Tag("slow")
    @Test
    void isBuiltOnSeveralTablesAtOnceWithoutADeadlock(TestDatabase database) throws SQLException {
        for (int table = 0; table < 3; table++) {
            database.execute("CREATE TABLE t%1$d AS SELECT g AS id, 'a' || g AS email FROM generate_series(1, 20000) g"
                    .formatted(table));
        }
        CompletableFuture.allOf(builds(database, 0), builds(database, 1), builds(database, 2))
                .join();
        assertThat(database.value(
                        "SELECT pg_stat_get_db_deadlocks(oid) FROM pg_database WHERE datname = current_database()"))
                .isEqualTo("0");
        assertThat(database.value("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                .isEqualTo("0");
    }

    private static CompletableFuture<Void> builds(TestDatabase database, int table) {
        ConcurrentIndex index = new ConcurrentIndex(
                QualifiedName.of("public", "t" + table),
                Identifier.of("pending_" + table),
                false,
                Sql.of("(id) WHERE email IS NOT NULL AND id % 3 = 0"));
        return CompletableFuture.runAsync(() -> {
            try (Session session = Database.of(database.dataSource()).open()) {
                for (int round = 0; round < ROUNDS; round++) {
                    assertThat(index.build(session)).isTrue();
                    index.remove(session);
                }
            }
        });
    }
}
