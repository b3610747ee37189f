package dev.sealway.phase.reencrypt;

import dev.sealway.batch.CatchUp;
import dev.sealway.batch.DirtyRows;
import dev.sealway.batch.FailedRow;
import dev.sealway.batch.RowCount;
import dev.sealway.batch.TableTask;
import dev.sealway.batch.TableWalk;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Checkpoint;
import dev.sealway.ledger.Checkpoints;
import dev.sealway.ledger.Work;
import java.util.List;

/**
 * Walks a table and moves every ciphertext of an older key to the keyset primary, before the plaintext is dropped and
 * after. A killed walk is taken up where it stood; whatever it was about, the end is a fresh query. Thread-safe.
 */
public final class Reencrypt {

    /** Each looks at the whole table where no index stands; applications with an old bundle go on writing meanwhile. */
    private static final int PASSES = 3;

    /** One that is taken up may have begun under another primary, or with fewer columns; then a whole one follows. */
    private static final int WALKS = 2;

    private final Database database;
    private final WalkSettings settings;
    private final long indexAbove;
    private final boolean proving;

    /**
     * @param indexAbove tables of more rows get an index on those of older keys for the duration
     * @param proving whether each new ciphertext is opened again and compared before it is written
     */
    public Reencrypt(Database database, WalkSettings settings, long indexAbove, boolean proving) {
        this.database = database;
        this.settings = settings;
        this.indexAbove = indexAbove;
        this.proving = proving;
    }

    /** @param table with the columns to look at, each with an encrypted column */
    public ReencryptReport.Table run(WalkedTable table) {
        try (Session session = database.open()) {
            TableTask task = TableTask.rewrapping(table, proving);
            OlderKeyIndex index = new OlderKeyIndex(table);
            index.removeOthers(session);
            boolean indexed = RowCount.of(session, table.live()) > indexAbove;
            if (indexed && index.index().build(session)) {
                settings.progress()
                        .done("Built index %s".formatted(index.index().name()));
            }
            ReencryptReport.Table done = moved(session, task, indexed);
            reset(session, table);
            index.removeAll(session);
            return done;
        }
    }

    private ReencryptReport.Table moved(Session session, TableTask task, boolean indexed) {
        long written = 0;
        long older = older(session, task);
        for (int walk = 0; walk < WALKS && older > CatchUp.FEW; walk++) {
            written += walk(task, indexed, older);
            reset(session, task.table());
            older = older(session, task);
        }
        if (older == 0) {
            return report(task, written, 0, List.of());
        }
        CatchUp.Result caughtUp = new CatchUp(database, task, settings).run(PASSES);
        return report(task, written + caughtUp.written(), older(session, task), caughtUp.failures());
    }

    private long walk(TableTask task, boolean indexed, long older) {
        WalkedTable table = task.table();
        long rows = indexed ? older : Math.max(older, table.live().estimatedRows());
        Checkpoint beginning = Checkpoint.wholeTable(table.registered().id(), Work.REENCRYPT, change(table), rows);
        TableWalk walk =
                indexed ? TableWalk.ofPending(database, task, settings) : new TableWalk(database, task, settings);
        return walk.toTheEnd(beginning).written();
    }

    /** All columns are walked together, whatever change brought them in; their checkpoint goes by the first. */
    private static int change(WalkedTable table) {
        return table.columns().stream()
                .mapToInt(c -> c.registered().change())
                .min()
                .orElse(1);
    }

    private static void reset(Session session, WalkedTable table) {
        session.inTransaction(
                TransactionSettings.writing(), "ending the re-encryption of %s".formatted(table.name()), tx -> {
                    Checkpoints.in(tx).reset(table.registered().id(), Work.REENCRYPT, change(table));
                    return null;
                });
    }

    private static long older(Session session, TableTask task) {
        return session.inTransaction(
                TransactionSettings.reading(),
                "counting rows of older keys in %s".formatted(task.table().name()),
                tx -> DirtyRows.countWalked(tx, task, Long.MAX_VALUE));
    }

    private static ReencryptReport.Table report(TableTask task, long rewritten, long older, List<FailedRow> failures) {
        return new ReencryptReport.Table(
                task.table().live().tableName(),
                task.columns().stream().map(c -> c.column().name()).toList(),
                rewritten,
                older,
                failures);
    }
}
