package dev.sealway.batch;

import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Checkpoint;
import dev.sealway.ledger.Checkpoints;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Walks one range of a table from its checkpoint to its end: while a batch is written, the next ones are read and sealed.
 *
 * <p>A row that changed between reading and writing stays pending for the catch-up. Not thread-safe; ranges are walked
 * by one instance each.
 */
public final class TableWalk {

    private final Database database;
    private final TableTask task;
    private final WalkSettings settings;
    private final BatchStages stages;
    private final String work;
    private final boolean onlyPending;

    public TableWalk(Database database, TableTask task, WalkSettings settings) {
        this(database, settings, new BatchStages(task, settings));
    }

    TableWalk(Database database, WalkSettings settings, BatchStages stages) {
        this(database, settings, stages, false);
    }

    private TableWalk(Database database, WalkSettings settings, BatchStages stages, boolean onlyPending) {
        this.onlyPending = onlyPending;
        this.database = database;
        this.task = stages.task();
        this.settings = settings;
        this.stages = stages;
        this.work = "%s %s".formatted(task.word(), task.table().name());
    }

    /** A walk that reads pending rows alone: for a table that has an index on them. */
    public static TableWalk ofPending(Database database, TableTask task, WalkSettings settings) {
        return new TableWalk(database, settings, new BatchStages(task, settings), true);
    }

    /**
     * What a walk did in this run.
     *
     * @param finished the checkpoint at its end, which counts the rows that failed: catch-up names them
     */
    public record Result(Checkpoint finished, long written) {}

    /** A finished walk is not repeated. */
    public Result toTheEnd(Checkpoint beginning) {
        try (Session writes = database.open();
                ReadAhead ahead = new ReadAhead(database, stages, onlyPending)) {
            Checkpoint at = inTransaction(writes, tx -> Checkpoints.in(tx).start(beginning));
            if (at.finished()) {
                return new Result(at, 0);
            }
            settings.progress().began(work, at.rowsTotal());
            settings.progress().advanced(work, at.rowsDone() + at.rowsSkipped() + at.rowsFailed());
            Result result = walk(writes, ahead, at);
            settings.progress().ended(work);
            return result;
        }
    }

    private Result walk(Session writes, ReadAhead ahead, Checkpoint beginning) {
        Checkpoint at = beginning;
        long written = 0;
        ahead.start(new KeyRange(at.last().or(beginning::low), at.high()));
        while (true) {
            SealedBatch batch = ahead.take();
            Checkpoint before = at;
            Written done = forgetting(batch, () -> write(writes, batch, before));
            at = done.at;
            written += done.result.written();
            settings.progress().committed(work, batch.read().walked(), done.result.written());
            settings.listener().committed(done.result.written());
            if (batch.read().endsRange()) {
                return new Result(inTransaction(writes, tx -> Checkpoints.in(tx).finish(done.at)), written);
            }
        }
    }

    private record Written(WriteResult result, Checkpoint at) {}

    private Written write(Session writes, SealedBatch batch, Checkpoint at) {
        settings.pace().awaitTurn();
        settings.listener().sealed(batch.rows().size());
        if (batch.read().lastKey().isEmpty()) {
            return new Written(WriteResult.NOTHING, at);
        }
        long start = System.nanoTime();
        Advance advance = new Advance(batch, at);
        WriteResult result = stages.write(writes, batch, advance);
        settings.pace().committed(batch.read().walked(), System.nanoTime() - start);
        return new Written(result, advance.past());
    }

    private static Written forgetting(SealedBatch batch, Supplier<Written> write) {
        try {
            return write.get();
        } finally {
            batch.forget();
        }
    }

    private <T> T inTransaction(Session session, Function<Transaction, T> step) {
        return session.inTransaction(
                TransactionSettings.writing().repeatable(),
                "keeping the checkpoint of %s".formatted(task.table().name()),
                step);
    }
}
