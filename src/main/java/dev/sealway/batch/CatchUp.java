package dev.sealway.batch;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.TransactionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Drains dirty rows in passes until a fresh query says that none is left.
 *
 * <p>Where writers dirty rows faster than that, it ends once the rest is so small that the barrier seals it behind its
 * lock. Not thread-safe.
 */
public final class CatchUp {

    /** What the barrier seals behind its lock. */
    public static final int FEW = 500;

    /** Rows that are named; a table may have more that fail than fit into memory. */
    static final int NAMED = 1_000;

    private static final int MAX_PASSES = 60;
    private static final int MAX_BOUNCES = 3;

    private final Database database;
    private final TableTask task;
    private final WalkedTable table;
    private final WalkSettings settings;
    private final BatchStages stages;

    public CatchUp(Database database, TableTask task, WalkSettings settings) {
        this.database = database;
        this.task = task;
        this.table = task.table();
        this.settings = settings;
        this.stages = new BatchStages(task, settings);
    }

    /**
     * What a catch-up did.
     *
     * @param written rows sealed
     * @param dirty rows that were dirty in the last fresh look; 0 unless writers are busy or rows failed
     * @param failures the first rows that could not be sealed in the last pass
     */
    public record Result(long written, long dirty, List<FailedRow> failures) {}

    /** One pass over what is dirty. */
    private record Pass(long written, List<List<String>> bounced, List<FailedRow> failures) {}

    /**
     * @throws SealwayException if a trigger of the database keeps changing the plaintext of rows that are being sealed,
     *     or if writers stay so far ahead that more rows are left than the task may leave
     */
    public Result run() {
        return run(MAX_PASSES);
    }

    /** As {@link #run()}, in at most {@code passes} passes. */
    public Result run(int passes) {
        try (Session reads = database.open();
                Session writes = database.open()) {
            long written = 0;
            int bouncing = 0;
            for (int pass = 1; ; pass++) {
                Pass done = pass(reads, writes);
                written += done.written;
                bouncing = done.bounced.isEmpty() ? 0 : bouncing + 1;
                requireConvergence(bouncing, done.bounced);
                long dirty = dirty(reads);
                boolean stuck = done.written == 0 && !done.failures.isEmpty();
                if (dirty == 0 || stuck || pass >= passes) {
                    requireFew(dirty, done.failures);
                    return new Result(written, dirty, done.failures);
                }
            }
        }
    }

    /**
     * One pass alone, for who must be quick.
     *
     * @return rows that a fresh look finds dirty afterwards
     */
    public long onePass(Session reads, Session writes) {
        pass(reads, writes);
        return dirty(reads);
    }

    private Pass pass(Session reads, Session writes) {
        long written = 0;
        List<List<String>> bounced = new ArrayList<>();
        List<FailedRow> failures = new ArrayList<>();
        KeyRange range = KeyRange.ALL;
        while (true) {
            SealedBatch batch = stages.seal(stages.read(reads, range, true));
            WriteResult result = write(writes, batch);
            settings.listener().committed(result.written());
            written += result.written();
            keep(bounced, result.bounced());
            keep(failures, batch.failures());
            keep(failures, result.failures());
            if (batch.read().endsRange()) {
                return new Pass(written, bounced, failures);
            }
            range = range.from(batch.read().lastKey().orElseThrow());
        }
    }

    private WriteResult write(Session writes, SealedBatch batch) {
        settings.hands().take();
        try {
            settings.pace().awaitTurn();
            settings.listener().sealed(batch.rows().size());
            WriteResult result = stages.write(writes, batch, Together.NOTHING);
            settings.pace().committed(batch.read().walked());
            return result;
        } finally {
            settings.hands().giveBack();
            batch.forget();
        }
    }

    private static <T> void keep(List<T> first, List<T> more) {
        first.addAll(more.subList(0, Math.min(more.size(), NAMED - first.size())));
    }

    /** Without statistics from before the walk, which say that most rows are dirty, so that reading all finds some soon. */
    private long dirty(Session session) {
        return session.inTransaction(
                TransactionSettings.reading().with("enable_seqscan", "off"),
                "counting dirty rows of %s".formatted(table.name()),
                tx -> DirtyRows.countWalked(tx, task, 10L * FEW));
    }

    private void requireConvergence(int bouncing, List<List<String>> bounced) {
        if (bouncing < MAX_BOUNCES) {
            return;
        }
        String keys = bounced.stream()
                .limit(20)
                .map(k -> "(" + String.join(", ", k) + ")")
                .collect(Collectors.joining(", "));
        throw SealwayException.failed(
                ("a trigger on %s changes the plaintext of a row every time the row is written, so the work on it never"
                                + " holds: at least %d rows after %d passes, among them %s. Make the trigger leave a value alone that it"
                                + " has changed before")
                        .formatted(table.name(), bounced.size(), MAX_BOUNCES, keys));
    }

    private void requireFew(long dirty, List<FailedRow> failures) {
        if (dirty > task.mayLeave() && failures.isEmpty()) {
            throw SealwayException.failed(
                    ("after %d passes more than %d rows of %s are left: applications change them faster than they are"
                                    + " worked on. Everything written stays; run 'sealway %s' again at a quieter time")
                            .formatted(MAX_PASSES, task.mayLeave(), table.name(), task.word()));
        }
    }
}
