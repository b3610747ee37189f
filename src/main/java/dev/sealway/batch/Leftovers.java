package dev.sealway.batch;

import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.List;

/** Works on the last pending rows behind the barrier's lock, in the barrier's own transaction. */
public final class Leftovers {

    private final BatchStages stages;

    /** Those of any task. */
    public Leftovers(TableTask task, WalkSettings settings) {
        this.stages = new BatchStages(task, settings);
    }

    /** The dirty ones. */
    public Leftovers(WalkedTable table, WalkSettings settings) {
        this(TableTask.sealing(table), settings);
    }

    /**
     * What became of them.
     *
     * @param failures rows that could not be worked on, all of which are still pending
     */
    public record Result(int written, List<FailedRow> failures) {}

    /** @param tx has said the task's {@code sealway.mode}, and holds a lock that keeps writers out */
    public Result work(Transaction tx) {
        int written = 0;
        List<FailedRow> failures = new ArrayList<>();
        KeyRange range = KeyRange.ALL;
        // a read ends early where values are long
        while (true) {
            SealedBatch batch = stages.readAndSealPending(tx, range, CatchUp.FEW + 1);
            WriteResult result = stages.write(tx, batch);
            written += result.written();
            failures.addAll(batch.failures());
            failures.addAll(result.failures());
            if (batch.read().endsRange()) {
                return new Result(written, failures);
            }
            range = range.from(batch.read().lastKey().orElseThrow());
        }
    }
}
