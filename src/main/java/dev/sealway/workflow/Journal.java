package dev.sealway.workflow;

import dev.sealway.catalog.Catalog;
import dev.sealway.control.RunCancelledException;
import dev.sealway.control.RunRequest;
import dev.sealway.control.RunWatch;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.KeyLife;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.ledger.RunOutcome;
import dev.sealway.ledger.Runs;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;

/** Runs a verb: with the ledger in place, the run written down, and a lease on its tables against another run. */
final class Journal {

    private final Means means;

    Journal(Means means) {
        this.means = means;
    }

    /** @param work gets the run's id */
    <T> T run(String verb, Selection selection, LongFunction<T> work) {
        Plan selected = means.plan().select(selection);
        LedgerSchema.install(means.database());
        RunRequest request = new RunRequest(verb, selected.name(), tables(selected));
        try (RunWatch watch =
                RunWatch.begin(means.database(), means.terms(), request, means.pace(), means.progress())) {
            return recorded(
                    watch.run(),
                    run -> {
                        new Resolver(means).rebind();
                        new LogNotice(means).tell();
                        return work.apply(run);
                    },
                    watch::end);
        }
    }

    /** A table that is not there is refused by the phase. */
    private SortedMap<Long, String> tables(Plan selected) {
        return means.database().inTransaction(TransactionSettings.reading(), "looking for the plan's tables", tx -> {
            SortedMap<Long, String> found = new TreeMap<>();
            selected.tables().forEach(t -> Catalog.in(tx)
                    .table(t.name())
                    .ifPresent(live -> found.put(live.oid(), t.name().toString())));
            return found;
        });
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
            return recorded(run, work, (outcome, detail) -> end(session, run, outcome, detail));
        }
    }

    private static <T> T recorded(long run, LongFunction<T> work, BiConsumer<RunOutcome, String> end) {
        RunOutcome outcome = RunOutcome.FAILED;
        String detail = "";
        try {
            T result = work.apply(run);
            outcome = RunOutcome.DONE;
            return result;
        } catch (RunCancelledException e) {
            outcome = RunOutcome.CANCELLED;
            detail = String.valueOf(e.getMessage());
            throw e;
        } catch (SealwayException e) {
            outcome = e.outcome() == SealwayException.Outcome.REFUSED ? RunOutcome.REFUSED : RunOutcome.FAILED;
            detail = String.valueOf(e.getMessage());
            throw e;
        } finally {
            end.accept(outcome, detail);
        }
    }

    /** A run whose end cannot be written is found abandoned by the next one; that must not hide how it ended. */
    private static void end(Session session, long run, RunOutcome outcome, String detail) {
        try {
            session.inTransaction(TransactionSettings.writing(), "writing down the end of a run", tx -> {
                Runs.in(tx).end(run, outcome, detail);
                return null;
            });
        } catch (SealwayException ignored) {
            // the database is gone; what the run threw says so
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
