package dev.sealway.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.batch.WriteOrder.Stretch;
import dev.sealway.config.Wiring;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.Walks;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The cost of a batch in blocks does not grow with the table. */
@ExtendWith(PostgresExtension.class)
class BatchPlanTest {

    private static final int BATCH = 5_000;
    private static final Pattern BLOCKS = Pattern.compile("\"Shared (?:Hit|Read) Blocks\": (\\d+)");

    /** Blocks touched by reading and by writing one batch in the middle of a table. */
    private record Cost(long read, long written) {}

    @Test
    void walksTheIndexInSmallAndMiddlingTables(TestDatabase database) throws Exception {
        requireAlike(database, 100_000);
    }

    @Test
    @Tag("slow")
    void walksTheIndexInALargeTable(TestDatabase database) throws Exception {
        requireAlike(database, 1_000_000);
    }

    private static void requireAlike(TestDatabase database, int rows) throws Exception {
        createTable(database, "small", 10_000);
        createTable(database, "large", rows);
        Life life = Life.of(database, """
                        tables:
                          public.small: { columns: { email: {} } }
                          public.large: { columns: { email: {} } }
                        """).expand();
        Cost one = cost(life, "small", 10_000);
        Cost other = cost(life, "large", rows);
        System.out.printf("blocks per batch: %s and %s%n", one, other);
        assertThat((double) other.read / one.read).isBetween(0.8, 1.2);
        assertThat((double) other.written / one.written).isBetween(0.8, 1.2);
    }

    private static void createTable(TestDatabase database, String name, int rows) throws Exception {
        database.execute(
                "CREATE TABLE %s (id bigint PRIMARY KEY, email text, other text)".formatted(name),
                "INSERT INTO %s SELECT g, 'user' || g || '@example.org', repeat('x', 80) FROM generate_series(1, %d) g"
                        .formatted(name, rows),
                "VACUUM ANALYZE %s".formatted(name));
    }

    private static Cost cost(Life life, String name, int rows) {
        WalkedTable table = Walks.table(life, name);
        WalkSettings settings = Wiring.settings(Progress.NONE, BATCH);
        BatchStages stages = new BatchStages(TableTask.sealing(table), settings);
        BatchSql sql = new BatchSql(TableTask.sealing(table));
        KeyRange middle = new KeyRange(Optional.of(List.of(String.valueOf(rows / 4))), Optional.empty());
        try (Session session = Database.of(life.database().dataSource()).open()) {
            String reading = session.inTransaction(
                    stages.byIndex(TransactionSettings.reading()),
                    "explaining a read",
                    tx -> explain(tx, sql.read(true, false, false), String.valueOf(rows / 4), BATCH));
            SealedBatch sealed = stages.seal(stages.read(session, middle, false));
            String writing = session.rolledBack(
                    stages.byIndex(TransactionSettings.writing()).guardMode("backfill"),
                    "explaining a write",
                    tx -> explain(
                            tx,
                            sql.write("NO KEY UPDATE", true),
                            new BatchWriter(sql, "NO KEY UPDATE", Stretch.of(sealed.rows())).arrays(sealed.rows())));
            assertThat(reading + writing).doesNotContain("Seq Scan").contains("Index Scan");
            return new Cost(blocks(reading), blocks(writing));
        }
    }

    private static String explain(Transaction tx, Sql statement, Object... binds) {
        return tx.first(
                        Sql.of("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}")
                                .with("statement", statement),
                        row -> row.getString(1),
                        binds)
                .orElseThrow();
    }

    /** The topmost node counts what those below it touched. */
    private static long blocks(String plan) {
        Matcher matcher = BLOCKS.matcher(plan);
        long hit = matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        return hit + (matcher.find() ? Long.parseLong(matcher.group(1)) : 0);
    }
}
