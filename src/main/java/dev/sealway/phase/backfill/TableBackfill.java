package dev.sealway.phase.backfill;

import dev.sealway.batch.CatchUp;
import dev.sealway.batch.FailedRow;
import dev.sealway.batch.RowCount;
import dev.sealway.batch.SealedRows;
import dev.sealway.batch.Statistics;
import dev.sealway.batch.TableTask;
import dev.sealway.batch.TableWalk;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.index.DirtyIndex;
import dev.sealway.index.DuplicateTokens;
import dev.sealway.index.IndexSizes;
import dev.sealway.index.TokenIndexes;
import dev.sealway.jdbc.ConcurrentIndex;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Checkpoint;
import dev.sealway.ledger.Work;
import dev.sealway.phase.backfill.Backfill.Part;
import dev.sealway.plan.Mode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Walks a table once, builds the indexes, then catches up with what changed meanwhile.
 *
 * <p>Indexes come after the walk: before it, every written row would pay for them, and they would bloat; a table that is
 * encrypted in place gets none. Running it again continues; where the walk is through, it only catches up. Takes two
 * sessions at a time, and two more for each further worker of the walk. Thread-safe.
 */
final class TableBackfill {

    private final Database database;
    private final WalkSettings settings;
    private final long run;

    TableBackfill(Database database, WalkSettings settings, long run) {
        this.database = database;
        this.settings = settings;
        this.run = run;
    }

    /** What there is to walk. */
    Checkpoint whole(Part part) {
        return Checkpoint.wholeTable(part.table().registered().id(), Work.BACKFILL, part.change(), rows(part.table()));
    }

    /** @param whole as {@link #whole} has found it */
    BackfillReport.Table run(Part part, Checkpoint whole) {
        WalkedTable table = part.table();
        IndexSizes before = indexSizes(table);
        TableWalk.Result walk = new TableWalk(database, TableTask.sealing(table), settings).toTheEnd(whole);
        indexSizes(table).bloatSince(before).forEach(settings.progress()::notice);
        if (table.registered().mode() == Mode.EXPAND) {
            try (Session session = database.open()) {
                buildIndexes(session, table, part.change());
            }
        }
        CatchUp.Result caughtUp = new CatchUp(database, TableTask.sealing(table), settings).run();
        Set<FailedRow> failures = new LinkedHashSet<>(caughtUp.failures());
        database.inTransaction(
                TransactionSettings.writing(), "recording the backfill of %s".formatted(table.name()), tx -> {
                    new BackfillOutcome(tx, run).record(table, caughtUp.dirty(), failures);
                    return null;
                });
        renewStatistics(table, walk.written() + caughtUp.written());
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

    /**
     * In place, the planner's knowledge of a column, and of several together, holds the most frequent values in clear; a run
     * before this one may have ended just before it could be renewed.
     */
    private void renewStatistics(WalkedTable table, long written) {
        try (Session session = database.open()) {
            if (table.registered().mode() == Mode.IN_PLACE) {
                Statistics.renewInPlace(session, table, settings);
            } else if (written > 0) {
                Statistics.renewWritten(session, table, settings);
            }
        }
    }

    private IndexSizes indexSizes(WalkedTable table) {
        return database.inTransaction(
                TransactionSettings.reading(),
                "looking at the indexes of %s".formatted(table.name()),
                tx -> IndexSizes.of(tx, table.name()));
    }

    /** The planner and the progress bar both need to know how many rows there are. */
    private long rows(WalkedTable table) {
        try (Session session = database.open()) {
            if (!RowCount.isEstimated(table.live())) {
                Statistics.make(session, table, settings);
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
        // it may take long, and a run that is to end does not begin one
        settings.pace().awaitTurn();
        settings.pace().committed(0);
        if (index.build(session)) {
            settings.progress().done("Built index %s".formatted(index.name()));
        }
    }
}
