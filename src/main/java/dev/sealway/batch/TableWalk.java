package dev.sealway.batch;

import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Checkpoint;
import dev.sealway.ledger.Checkpoints;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Walks a table from its checkpoints to its end, in one range or in several at once. The ranges are cut when the walk
 * first begins, and stay what they are until it is reset. Not thread-safe.
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
     * What a walk did.
     *
     * @param walked rows passed since it first began
     * @param written rows that this run wrote
     */
    public record Result(long walked, long written) {}

    /**
     * A finished walk is not repeated.
     *
     * @param whole made by {@link Checkpoint#wholeTable}
     */
    public Result toTheEnd(Checkpoint whole) {
        List<Checkpoint> ranges = begin(whole);
        long written = 0;
        if (!ranges.stream().allMatch(Checkpoint::finished)) {
            settings.progress().began(work, sum(ranges, Checkpoint::rowsTotal));
            settings.progress().advanced(work, sum(ranges, TableWalk::passed));
            written = walk(ranges.stream().filter(r -> !r.finished()).toList());
            settings.progress().ended(work);
        }
        return new Result(sum(read(whole), TableWalk::passed), written);
    }

    /** Whether several workers find something to do: it would be cut, or was cut and has more than one range left. */
    public boolean isForSeveral(Checkpoint whole) {
        if (settings.workers() == 1) {
            return false;
        }
        List<Checkpoint> begun = read(whole);
        return begun.isEmpty()
                ? count(whole) > 1
                : begun.stream().filter(r -> !r.finished()).count() > 1;
    }

    private long walk(List<Checkpoint> ranges) {
        RangeWalk walk = new RangeWalk(stages, settings, work, onlyPending);
        return new Workers<>(ranges, () -> WalkSessions.open(database), this::another, walk::walk)
                .run(settings.workers());
    }

    /** A walk with fewer workers is slower, and no worse. */
    private Optional<WalkSessions> another() {
        try {
            return Optional.of(WalkSessions.openAtOnce(database));
        } catch (SqlFailure e) {
            settings.progress()
                    .notice("%s goes on with fewer workers: %s; each worker takes two connections"
                            .formatted(work, e.getMessage()));
            return Optional.empty();
        }
    }

    /** All ranges are there or none: whoever resumes the walk must not take some for all. */
    private List<Checkpoint> begin(Checkpoint whole) {
        List<Checkpoint> begun = read(whole);
        List<Checkpoint> ranges = begun.isEmpty() ? cut(whole) : begun;
        if (ranges.stream().allMatch(Checkpoint::finished)) {
            return ranges;
        }
        return database.inTransaction(TransactionSettings.writing().repeatable(), keeping(), tx -> ranges.stream()
                .map(Checkpoints.in(tx)::start)
                .toList());
    }

    private List<Checkpoint> cut(Checkpoint whole) {
        return database.inTransaction(
                TransactionSettings.reading(),
                "cutting %s into ranges".formatted(task.table().name()),
                tx -> KeyRanges.cut(tx, task.table(), whole, count(whole)));
    }

    private int count(Checkpoint whole) {
        return onlyPending ? 1 : KeyRanges.count(settings, whole.rowsTotal());
    }

    private List<Checkpoint> read(Checkpoint whole) {
        return database.inTransaction(
                TransactionSettings.reading(),
                "reading the checkpoints of %s".formatted(task.table().name()),
                tx -> Checkpoints.in(tx).of(whole.tableId(), whole.work(), whole.change()));
    }

    private String keeping() {
        return "keeping the checkpoint of %s".formatted(task.table().name());
    }

    private static long passed(Checkpoint range) {
        return range.rowsDone() + range.rowsSkipped() + range.rowsFailed();
    }

    private static long sum(List<Checkpoint> ranges, ToLongFunction<Checkpoint> count) {
        return ranges.stream().mapToLong(count).sum();
    }
}
