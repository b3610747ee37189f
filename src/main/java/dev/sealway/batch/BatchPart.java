package dev.sealway.batch;

import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.patience.Patience;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes the parts of one batch. Where the answer to a commit was lost, the next attempt first looks whether it took place.
 * Not thread-safe.
 */
final class BatchPart {

    private static final Sql NUMBER = Sql.of("SELECT pg_catalog.pg_current_xact_id()::pg_catalog.text");

    /**
     * A server that took over from another may not know the number, and refuses one that is still to come; or knows another
     * transaction by it: then rows count as written that the catch-up will write.
     */
    private static final Sql STATUS = Sql.of("""
            SELECT coalesce(CASE WHEN x.number < pg_catalog.pg_current_xact_id()
                                 THEN pg_catalog.pg_xact_status(x.number) END, '')
              FROM (SELECT ?::pg_catalog.xid8 AS number) x""");

    /** One transaction. */
    record Step(TransactionSettings settings, String doing, Function<Transaction, WriteResult> work) {}

    private final Session session;
    private final Together together;
    private final Patience patience;
    private WriteResult tried = WriteResult.NOTHING;
    private Optional<String> number = Optional.empty();
    private boolean unknown;

    /** @param patience with a commit that is still under way */
    BatchPart(Session session, Together together, Patience patience) {
        this.session = session;
        this.together = together;
        this.patience = patience;
    }

    /**
     * @param before what became of the parts before
     * @param last whether what belongs together with the batch goes with this part
     */
    WriteResult write(Step step, WriteResult before, boolean last) {
        boolean tells = last && together != Together.NOTHING;
        if (unknown
                && (tells ? session.inTransaction(step.settings, step.doing, together::isDone) : isCommitted(step))) {
            unknown = false;
            return tried;
        }
        unknown = false;
        try {
            return session.inTransaction(step.settings, step.doing, tx -> {
                tried = step.work.apply(tx);
                if (tells) {
                    together.with(tx, before.and(tried));
                } else {
                    number = tx.first(NUMBER, row -> row.getString(1));
                }
                return tried;
            });
        } catch (SqlFailure e) {
            unknown = e.isCommitUnknown();
            throw e;
        }
    }

    /** Whoever writes the rows of a part once more, for want of an answer, finds them changed or locked. */
    private boolean isCommitted(Step step) {
        for (int attempt = 1; ; attempt++) {
            String status = session.inTransaction(
                    step.settings, step.doing, tx -> tx.first(STATUS, row -> row.getString(1), number.orElseThrow())
                            .orElseThrow());
            if (!status.equals("in progress") || attempt >= patience.attempts()) {
                return status.equals("committed");
            }
            patience.pause(attempt);
        }
    }
}
