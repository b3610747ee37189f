package dev.sealway.workflow;

import dev.sealway.audit.AuditTrail;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.LeaseHolder;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.ledger.RunControls;
import dev.sealway.ledger.RunUnderWay;
import dev.sealway.ledger.RunWish.Wish;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Speaks to runs of the plan that are under way, in whatever process: they listen about once a second, between two batches.
 * Needs no key and no lease.
 */
public final class RunsFlow {

    private final Means means;

    RunsFlow(Means means) {
        this.means = means;
    }

    /** The runs that hold a table of the plan now. */
    public RunsReport underWay() {
        return means.database().inTransaction(TransactionSettings.reading(), "reading the ledger", tx -> {
            List<RunUnderWay> runs = LedgerSchema.isInstalled(tx) ? underWay(tx) : List.of();
            return report("", runs);
        });
    }

    /** It keeps its tables, and goes on from where it stands once it is resumed. */
    public RunsReport pause(RunTarget target) {
        return want(target, Wish.PAUSE, "paused");
    }

    public RunsReport resume(RunTarget target) {
        return want(target, Wish.GO, "resumed");
    }

    /** It ends after the batch that is being written; running its command again continues. */
    public RunsReport cancel(RunTarget target) {
        return want(target, Wish.CANCEL, "cancelled");
    }

    private RunsReport want(RunTarget target, Wish wish, String done) {
        return speak(target, done, Map.of(), (tx, run) -> {
            if (run.wish() == Wish.CANCEL) {
                throw SealwayException.refused(
                        "run %d is being cancelled already; run its command again to continue".formatted(run.id()));
            }
            RunControls.in(tx).want(run.id(), wish, operator());
        });
    }

    /**
     * Changes how fast a run goes, from the next batch on.
     *
     * @param batchSize rows; 0 for what the run began with; empty to leave it
     * @param rowsPerSecond at most; 0 for no limit; empty to leave it
     * @param workers how many write at once, of those that the run began with; 0 for all of them; empty to leave it
     */
    public RunsReport tune(RunTarget target, OptionalInt batchSize, OptionalInt rowsPerSecond, OptionalInt workers) {
        Map<String, Object> changes = new TreeMap<>();
        batchSize.ifPresent(rows -> changes.put("batch_size", rows));
        rowsPerSecond.ifPresent(rows -> changes.put("rows_per_second", rows));
        workers.ifPresent(many -> changes.put("workers", many));
        if (changes.isEmpty()) {
            throw SealwayException.wrongUsage(
                    "nothing is said that could be tuned; name a batch size, a rate or a number of workers");
        }
        return speak(target, "tuned", changes, (tx, run) -> {
            batchSize.ifPresent(rows -> RunControls.in(tx).wantBatches(run.id(), rows, operator()));
            rowsPerSecond.ifPresent(rows -> RunControls.in(tx).wantRate(run.id(), rows, operator()));
            workers.ifPresent(many -> RunControls.in(tx).wantWorkers(run.id(), many, operator()));
        });
    }

    private interface Word {
        void to(Transaction tx, RunUnderWay run);
    }

    private RunsReport speak(RunTarget target, String done, Map<String, Object> changes, Word word) {
        return means.database().inTransaction(TransactionSettings.writing(), "speaking to a run", tx -> {
            RunUnderWay run = find(target, LedgerSchema.isInstalled(tx) ? underWay(tx) : List.of());
            word.to(tx, run);
            AuditTrail.in(tx).append(run.id(), "run.%s".formatted(done), changes);
            return report(done, List.of(run));
        });
    }

    private List<RunUnderWay> underWay(Transaction tx) {
        return RunControls.in(tx).underWay(means.plan().name());
    }

    private RunUnderWay find(RunTarget target, List<RunUnderWay> underWay) {
        List<RunUnderWay> meant = underWay.stream()
                .filter(r -> target.run().isEmpty() || target.run().getAsLong() == r.id())
                .filter(r -> target.table().isEmpty()
                        || r.tables().stream()
                                .anyMatch(t -> isNamed(t, target.table().get())))
                .toList();
        if (meant.size() == 1) {
            return meant.get(0);
        }
        throw SealwayException.refused(
                meant.isEmpty()
                        ? "no such run of plan %s is under way%s; 'sealway status' shows those that are"
                                .formatted(means.plan().name(), underWay.isEmpty() ? "" : ", but " + words(underWay))
                        : "%d runs are under way: %s; say which one with --run or --table"
                                .formatted(meant.size(), words(meant)));
    }

    private static boolean isNamed(String table, String name) {
        return table.equals(name) || table.endsWith("." + name);
    }

    private static String words(List<RunUnderWay> runs) {
        return runs.stream()
                .map(r -> "run %d (%s of %s)".formatted(r.id(), r.verb(), String.join(", ", r.tables())))
                .collect(Collectors.joining(", "));
    }

    private static String operator() {
        return LeaseHolder.here().who();
    }

    static RunsReport report(String done, List<RunUnderWay> runs) {
        return new RunsReport(
                done,
                runs.stream()
                        .map(r -> new RunsReport.Run(
                                r.id(),
                                r.verb(),
                                r.tables(),
                                r.holder().toString(),
                                r.since().truncatedTo(ChronoUnit.SECONDS).toString(),
                                r.state()))
                        .toList());
    }
}
