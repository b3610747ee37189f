package dev.sealway.batch;

import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.Checkpoint;
import dev.sealway.ledger.Checkpoints;

/** Moves the checkpoint past a batch, in the transaction that writes it. Not thread-safe. */
final class Advance implements Together {

    private final SealedBatch batch;
    private final Checkpoint from;
    private Checkpoint past;

    /** @param batch has passed at least one row */
    Advance(SealedBatch batch, Checkpoint from) {
        this.batch = batch;
        this.from = from;
        this.past = from;
    }

    @Override
    public void with(Transaction tx, WriteResult result) {
        ReadBatch read = batch.read();
        int failed = batch.failures().size() + result.failures().size();
        int skipped = result.missed() + result.bounced().size();
        past = from.past(read.lastKey().orElseThrow(), (long) read.walked() - failed - skipped, skipped, failed);
        Checkpoints.in(tx).advance(from, past);
    }

    @Override
    public boolean isDone(Transaction tx) {
        return Checkpoints.in(tx).standsAt(past);
    }

    /** Where the checkpoint stands once the batch is committed. */
    Checkpoint past() {
        return past;
    }
}
