package dev.sealway.bench;

import dev.sealway.batch.WalkListener;
import dev.sealway.config.Wiring;
import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.tink.WrappedStreams;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.patience.Patience;
import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.RemoteKey;
import dev.sealway.workflow.Means;
import dev.sealway.workflow.Workflow;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** A fresh table for every run: {@code people (id bigint PRIMARY KEY, email text, other text)}. */
final class BenchedTable {

    private static final Plan PLAN = Life.transitPlan("tables: { public.people: { columns: { email: {} } } }\n");

    private final DataSource database;
    private final int rows;

    BenchedTable(DataSource database, int rows) {
        this.database = database;
        this.rows = rows;
    }

    /** @return rows per second of a whole backfill: walk, index, catch-up */
    double backfill(Ciphers ciphers, int batchSize) throws SQLException {
        create();
        Workflow workflow = new Workflow(new Means(
                PLAN,
                Database.of(database),
                BenchedTable::noBundle,
                ciphers,
                new WrappedStreams(new RemoteKey()),
                Wiring.settings(Progress.NONE, batchSize).withListener(WalkListener.NONE),
                new ShortLock(
                        new Patience(3, Duration.ofMillis(10), Duration.ofMillis(10), () -> 0),
                        Duration.ofSeconds(1))));
        workflow.expand(Selection.ALL);
        long start = System.nanoTime();
        BackfillReport report = workflow.backfill(Selection.ALL);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!report.passed() || report.tables().get(0).written() != rows) {
            throw new AssertionError("the backfill did not write every row: " + report);
        }
        return rows / seconds;
    }

    private static KeyBundle noBundle() {
        throw new AssertionError("no key bundle is needed");
    }

    private void create() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS sealway CASCADE");
            statement.execute("DROP TABLE IF EXISTS people");
            statement.execute("CREATE TABLE people (id bigint PRIMARY KEY, email text, other text)");
            statement.execute("INSERT INTO people SELECT g, 'somebody.' || g || '@example.org', repeat('x', 80)"
                    + " FROM generate_series(1, " + rows + ") g");
            statement.execute("VACUUM ANALYZE people");
            statement.execute("CHECKPOINT");
        }
    }
}
