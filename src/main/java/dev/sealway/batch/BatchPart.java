package dev.sealway.batch;

import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import java.util.function.Function;

/**
 * Writes the parts of one batch. Where the answer to a commit was lost, the next attempt first looks whether it took place.
 * Not thread-safe.
 */
final class BatchPart {

    /** One transaction. */
    record Step(TransactionSettings settings, String doing, Function<Transaction, WriteResult> work) {}

    private final Session session;
    private final Together together;
    private WriteResult tried = WriteResult.NOTHING;
    private boolean unknown;

    BatchPart(Session session, Together together) {
        this.session = session;
        this.together = together;
    }

    /**
     * @param before what became of the parts before
     * @param last whether what belongs together with the batch goes with this part
     */
    WriteResult write(Step step, WriteResult before, boolean last) {
        if (unknown && session.inTransaction(step.settings, step.doing, together::isDone)) {
            return tried;
        }
        unknown = false;
        try {
            return session.inTransaction(step.settings, step.doing, tx -> {
                tried = step.work.apply(tx);
                if (last) {
                    together.with(tx, before.and(tried));
                }
                return tried;
            });
        } catch (SqlFailure e) {
            unknown = last && e.isCommitUnknown();
            throw e;
        }
    }
}
