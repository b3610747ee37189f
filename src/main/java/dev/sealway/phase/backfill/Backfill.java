package dev.sealway.phase.backfill;

import dev.sealway.batch.CatchUp;
import dev.sealway.batch.FailedRow;
import dev.sealway.batch.RowCount;
import dev.sealway.batch.SealedRows;
import dev.sealway.batch.TableTask;
import dev.sealway.batch.TableWalk;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.index.DirtyIndex;
import dev.sealway.index.DuplicateTokens;
import dev.sealway.index.TokenIndexes;
import dev.sealway.jdbc.ConcurrentIndex;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Checkpoint;
import dev.sealway.ledger.Work;
import dev.sealway.plan.Mode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Walks a table once, builds the indexes, then catches up with what changed meanwhile.
 *
 * <p>Indexes come after the walk: before it, every written row would pay for them, and they would bloat; a table that is
 * encrypted in place gets none. Running it
 * again continues; where the walk is through, it only catches up. Thread-safe.
 */
public final class Backfill {

    private final Database database;
    private final WalkSettings settings;

    public Backfill(Database database, WalkSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /** @param table with all columns of the change */
    public BackfillReport.Table run(WalkedTable table, int change, long runId) {
        TableWalk.Result walk = new TableWalk(database, TableTask.sealing(table), settings)
                .toTheEnd(Checkpoint.wholeTable(table.registered().id(), Work.BACKFILL, change, rows(table)));
        if (table.registered().mode() == Mode.EXPAND) {
            try (Session session = database.open()) {
                buildIndexes(session, table, change);
            }
        }
        CatchUp.Result caughtUp = new CatchUp(database, TableTask.sealing(table), settings).run();
        Set<FailedRow> failures = new LinkedHashSet<>(caughtUp.failures());
        database.inTransaction(
                TransactionSettings.writing(), "recording the backfill of %s".formatted(table.name()), tx -> {
                    new BackfillOutcome(tx, runId).record(table, caughtUp.dirty(), failures);
                    return null;
                });
        forgetStatistics(table, walk.written() + caughtUp.written());
        return new BackfillReport.Table(
                table.live().tableName(),
                walk.walked(),
                walk.written(),
                caughtUp.written(),
                caughtUp.dirty(),
                new ArrayList<>(failures),
                alreadySealed(table, walk.written() + caughtUp.written()));
    }

    /** In place nothing but a look at every row tells. */
    private Optional<Long> alreadySealed(WalkedTable table, long written) {
        return table.registered().mode() == Mode.EXPAND
                ? Optional.empty()
                : Optional.of(database.inTransaction(
                        TransactionSettings.reading(),
                        "counting encrypted rows of %s".formatted(table.name()),
                        tx -> Math.max(0, SealedRows.count(tx, table) - written)));
    }

    /** In place the planner's statistics hold the most frequent values in clear, until they are made anew. */
    private void forgetStatistics(WalkedTable table, long written) {
        if (table.registered().mode() == Mode.IN_PLACE && written > 0) {
            try (Session session = database.open()) {
                analyze(session, table);
            }
        }
    }

    private void analyze(Session session, WalkedTable table) {
        settings.patience().retry(() -> {
            session.executeAlone(
                    Sql.of("ANALYZE {table}").with("table", table.name()), "analysing %s".formatted(table.name()));
            return table;
        });
    }

    /** The planner and the progress bar both need to know how many rows there are. */
    private long rows(WalkedTable table) {
        try (Session session = database.open()) {
            if (!RowCount.isEstimated(table.live())) {
                analyze(session, table);
            }
            return RowCount.ofWalked(session, table);
        }
    }

    private void buildIndexes(Session session, WalkedTable table, int change) {
        build(session, DirtyIndex.of(table, change));
        TokenIndexes tokens = session.inTransaction(
                TransactionSettings.reading(), "looking for uniqueness to carry", tx -> TokenIndexes.of(tx, table));
        session.inTransaction(TransactionSettings.reading(), "looking for colliding tokens", tx -> {
            tokens.carried().forEach(u -> DuplicateTokens.refuse(tx, table, tokens, u));
            return null;
        });
        // since a cut over the full indexes stand, and nothing more is carried
        if (!table.columns().stream().allMatch(WalkedColumn::isCutOver)) {
            tokens.whilePlaintextIsThere().forEach(i -> build(session, i));
        }
    }

    private void build(Session session, ConcurrentIndex index) {
        if (index.build(session)) {
            settings.progress().done("Built index %s".formatted(index.name()));
        }
    }
}
