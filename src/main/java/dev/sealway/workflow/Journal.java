package dev.sealway.workflow;

import dev.sealway.catalog.Catalog;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.KeyLife;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.ledger.RunOutcome;
import dev.sealway.ledger.Runs;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.plan.TablePlan;
import java.util.function.LongFunction;

/** Runs a verb: with the ledger in place, the run written down, and its tables locked against another run. */
final class Journal {

    /** In the upper half of the lock's key, so that it meets no lock of an application's. */
    private static final long LOCK_SPACE = 0x5EA1L << 48;

    private final Means means;

    Journal(Means means) {
        this.means = means;
    }

    /** @param work gets the run's id */
    <T> T run(String verb, Selection selection, LongFunction<T> work) {
        Plan selected = means.plan().select(selection);
        LedgerSchema.install(means.database());
        try (Session session = means.database().open()) {
            lock(session, selected);
            new Resolver(means).rebind();
            new LogNotice(means).tell(session);
            long run = session.inTransaction(TransactionSettings.writing(), "writing down a run", tx -> Runs.in(tx)
                    .begin(verb, selected.name()));
            return recorded(session, run, work);
        }
    }

    /**
     * A run that changes keys or tells of them: it locks no table, and only one goes at a time.
     *
     * @param work gets the run's id
     */
    <T> T runOnKeys(String verb, LongFunction<T> work) {
        LedgerSchema.install(means.database());
        try (Session session = means.database().open()) {
            if (!session.tryAdvisoryLock(KeyLife.lock())) {
                throw SealwayException.refused(
                        "another run of Sealway changes keys in this database; wait until it ends");
            }
            long run = session.inTransaction(TransactionSettings.writing(), "writing down a run", tx -> Runs.in(tx)
                    .begin(verb, means.plan().name()));
            return recorded(session, run, work);
        }
    }

    private <T> T recorded(Session session, long run, LongFunction<T> work) {
        RunOutcome outcome = RunOutcome.FAILED;
        String detail = "";
        try {
            T result = work.apply(run);
            outcome = RunOutcome.DONE;
            return result;
        } catch (SealwayException e) {
            outcome = e.outcome() == SealwayException.Outcome.REFUSED ? RunOutcome.REFUSED : RunOutcome.FAILED;
            detail = String.valueOf(e.getMessage());
            throw e;
        } finally {
            end(session, run, outcome, detail);
        }
    }

    /** A run whose end cannot be written is found abandoned by the next one; that must not hide how it ended. */
    private void end(Session session, long run, RunOutcome outcome, String detail) {
        String doing = "writing down the end of a run";
        try {
            try {
                session.inTransaction(TransactionSettings.writing(), doing, tx -> ended(tx, run, outcome, detail));
            } catch (SqlFailure lost) {
                means.database()
                        .inTransaction(TransactionSettings.writing(), doing, tx -> ended(tx, run, outcome, detail));
            }
        } catch (SealwayException ignored) {
            // the database is gone; what the run threw says so
        }
    }

    private static long ended(Transaction tx, long run, RunOutcome outcome, String detail) {
        Runs.in(tx).end(run, outcome, detail);
        return run;
    }

    private void lock(Session session, Plan selected) {
        for (TablePlan table : selected.tables()) {
            long oid = session.inTransaction(
                    TransactionSettings.reading(),
                    "looking for %s".formatted(table.name()),
                    tx -> Catalog.in(tx).table(table.name()).map(t -> t.oid()).orElse(0L));
            if (oid != 0 && !session.tryAdvisoryLock(LOCK_SPACE | oid)) {
                throw SealwayException.refused(
                        "another run of Sealway works on %s in this database; wait until it ends (sealway status)"
                                .formatted(table.name()));
            }
        }
    }

    /** As {@link #requireKeys(Selection)}, for an application that only reads the ledger. */
    void compareKeys(Selection selection) {
        new KeyCheck(means).compare(means.plan().select(selection));
    }

    /** Makes sure that the key bundle, if the plan names one, is the one of this database. */
    void requireKeys() {
        new KeyCheck(means).requireBundle();
    }

    /** Makes sure that every key of the selected tables is the one of this database, before anything is written with it. */
    void requireKeys(Selection selection) {
        new KeyCheck(means).require(means.plan().select(selection));
    }
}
