package dev.sealway.batch;

import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Checkpoint;
import dev.sealway.ledger.Checkpoints;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Walks one range of a table from its checkpoint to its end: while a batch is written, the next ones are read and sealed.
 *
 * <p>A row that changed between reading and writing stays pending for the catch-up. Thread-safe, as long as each range is
 * walked on sessions of its own.
 */
final class RangeWalk {

    private final BatchStages stages;
    private final WalkSettings settings;
    private final String work;
    private final boolean onlyPending;
    private final Hands hands;

    /**
     * @param work what progress calls it
     * @param onlyPending see {@link BatchSql#read}
     */
    RangeWalk(BatchStages stages, WalkSettings settings, String work, boolean onlyPending) {
        this.stages = stages;
        this.settings = settings;
        this.work = work;
        this.onlyPending = onlyPending;
        this.hands = settings.hands();
    }

    /**
     * @param stopped asked before each batch: then the range is left as it stands
     * @return how many rows were written
     */
    long walk(Checkpoint beginning, WalkSessions sessions, BooleanSupplier stopped) {
        try (ReadAhead ahead = new ReadAhead(sessions.reads(), stages, onlyPending)) {
            Checkpoint at = beginning;
            long written = 0;
            ahead.start(new KeyRange(at.last().or(beginning::low), at.high()));
            while (!stopped.getAsBoolean()) {
                SealedBatch batch = ahead.take();
                Checkpoint before = at;
                Written done = forgetting(batch, () -> write(sessions.writes(), batch, before));
                at = done.at;
                written += done.result.written();
                settings.progress().committed(work, batch.read().walked(), done.result.written());
                settings.listener().committed(done.result.written());
                if (batch.read().endsRange()) {
                    finish(sessions.writes(), at);
                    break;
                }
            }
            return written;
        }
    }

    private record Written(WriteResult result, Checkpoint at) {}

    private Written write(Session writes, SealedBatch batch, Checkpoint at) {
        hands.take();
        try {
            return writeInTurn(writes, batch, at);
        } finally {
            hands.giveBack();
        }
    }

    private Written writeInTurn(Session writes, SealedBatch batch, Checkpoint at) {
        if (batch.read().lastKey().isEmpty()) {
            return new Written(WriteResult.NOTHING, at);
        }
        settings.pace().awaitTurn();
        settings.listener().sealed(batch.rows().size());
        Advance advance = new Advance(batch, at);
        WriteResult result = stages.write(writes, batch, advance);
        settings.pace().committed(batch.read().walked());
        return new Written(result, advance.past());
    }

    private void finish(Session writes, Checkpoint walked) {
        writes.inTransaction(
                TransactionSettings.writing().repeatable(),
                "keeping the checkpoint of %s".formatted(stages.task().table().name()),
                tx -> Checkpoints.in(tx).finish(walked));
    }

    private static Written forgetting(SealedBatch batch, Supplier<Written> write) {
        try {
            return write.get();
        } finally {
            batch.forget();
        }
    }
}
