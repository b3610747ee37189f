package dev.sealway.phase.expand;

import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.LiveTable;
import dev.sealway.guard.Guard;
import dev.sealway.guard.GuardedColumn;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.progress.Progress;
import java.util.List;

/**
 * Adds the encrypted columns of a table, their shape checks and the guard.
 *
 * <p>Columns and guard come in one transaction, so that there is no moment at which an encrypted column stands
 * unguarded. Running it again puts a missing guard back and changes nothing else. Thread-safe.
 */
public final class Expand {

    private final Database database;
    private final ShortLock shortLock;
    private final Progress progress;

    public Expand(Database database, ShortLock shortLock, Progress progress) {
        this.database = database;
        this.shortLock = shortLock;
        this.progress = progress;
    }

    /** The statements for the columns that are registered and not yet expanded. */
    public List<ExpandStep> steps(RegisteredTable table) {
        ExpandSteps steps = new ExpandSteps(table.name());
        return waiting(table).stream().flatMap(c -> steps.of(c).stream()).toList();
    }

    /**
     * @param table with all its registered columns: the guard stands over all of them
     * @return the columns that were added
     */
    public List<RegisteredColumn> run(RegisteredTable table, LiveTable live, long runId) {
        table.refuseInPlace("adding columns");
        List<RegisteredColumn> added = waiting(table);
        try (Session session = database.open()) {
            shortLock.run(
                    session,
                    live.name(),
                    "adding encrypted columns to %s".formatted(live.name()),
                    TransactionSettings.writing(),
                    tx -> {
                        change(tx, table, live, runId);
                        return null;
                    });
            steps(table).stream()
                    .map(ExpandStep::done)
                    .filter(s -> !s.isEmpty())
                    .forEach(progress::done);
            validate(session, table, live);
        }
        return added;
    }

    private void change(Transaction tx, RegisteredTable table, LiveTable live, long runId) {
        ExpandSteps steps = new ExpandSteps(live.name());
        Registry registry = Registry.in(tx);
        Guard guard = new Guard(table.id(), live.name());
        List<Identifier> rowKey = WalkedTable.rowKeyOf(live).names();
        List<GuardedColumn> guarded = WalkedTable.guarded(table);
        if (!guarded.isEmpty() && !guard.stands(tx, guarded, rowKey)) {
            distrust(registry, table, runId);
        }
        for (RegisteredColumn column : waiting(table)) {
            steps.of(column).forEach(s -> tx.executeDefinition(s.sql()));
            registry.moveTo(column, ColumnPhase.EXPANDED, runId);
        }
        List<GuardedColumn> now = WalkedTable.guarded(registry.table(table.id()).orElseThrow());
        if (!now.isEmpty()) {
            guard.install(tx, now, rowKey);
            guard.require(tx, now, rowKey);
        }
    }

    /** While the guard was away, rows may have become stale: what was verified is not any more. */
    private void distrust(Registry registry, RegisteredTable table, long runId) {
        progress.notice("the guard of %s was missing or altered and is put back; its columns have to be verified again"
                .formatted(table.name()));
        table.columns().stream()
                .filter(c -> c.phase() == ColumnPhase.BACKFILLED || c.phase() == ColumnPhase.VERIFIED)
                .forEach(c -> registry.moveTo(c, ColumnPhase.EXPANDED, runId));
        table.columns().stream().filter(c -> c.phase() == ColumnPhase.CUT_OVER).forEach(registry::distrust);
    }

    /** Also of columns of an earlier run, which may have been killed before it came to this; validating twice costs nothing. */
    private void validate(Session session, RegisteredTable table, LiveTable live) {
        ExpandSteps steps = new ExpandSteps(live.name());
        for (RegisteredColumn column : table.columns()) {
            shortLock.run(
                    session,
                    live.name(),
                    "validating the shape check of %s.%s".formatted(live.name(), column.encrypted()),
                    TransactionSettings.writing(),
                    tx -> {
                        tx.executeDefinition(steps.validation(column));
                        return null;
                    });
        }
    }

    private static List<RegisteredColumn> waiting(RegisteredTable table) {
        return table.columns().stream()
                .filter(c -> c.phase() == ColumnPhase.REGISTERED)
                .toList();
    }
}
