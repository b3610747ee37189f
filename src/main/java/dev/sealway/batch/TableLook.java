package dev.sealway.batch;

import dev.sealway.batch.SealedBatch.SealedRow;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks a whole table as a task would, and writes nothing: every pending value is worked on, and a listener gets what came
 * of it. Not thread-safe.
 */
public final class TableLook {

    private final Database database;
    private final TableTask task;
    private final WalkSettings settings;

    public TableLook(Database database, TableTask task, WalkSettings settings) {
        this.database = database;
        this.task = task;
        this.settings = settings;
    }

    /** Gets each row that was worked on, in the order of the row key. The outcomes are zeroed afterwards. */
    public interface Listener {

        Listener NONE = (key, outcomes) -> {};

        /** @param outcomes those of the task's first column */
        void row(List<String> key, byte[][] outcomes);
    }

    /**
     * What was seen.
     *
     * @param failed rows that could not be worked on
     * @param failures the first of them
     */
    public record Seen(long worked, long failed, List<FailedRow> failures) {
        public Seen {
            failures = List.copyOf(failures);
        }
    }

    /** @param rows about how many rows the table has, for the progress */
    public Seen run(long rows, Listener listener) {
        String work = "%s %s".formatted(task.word(), task.table().name());
        try (Session session = database.open();
                ReadAhead ahead = new ReadAhead(session, new BatchStages(task, settings), false)) {
            settings.progress().began(work, rows);
            Seen seen = look(ahead, work, listener);
            settings.progress().ended(work);
            return seen;
        }
    }

    private Seen look(ReadAhead ahead, String work, Listener listener) {
        long worked = 0;
        long failed = 0;
        List<FailedRow> failures = new ArrayList<>();
        ahead.start(KeyRange.ALL);
        while (true) {
            SealedBatch batch = ahead.take();
            try {
                settings.pace().awaitTurn();
                batch.rows().forEach(r -> tell(r, listener));
            } finally {
                batch.forget();
            }
            worked += batch.rows().size();
            failed += batch.failures().size();
            batch.failures().stream().limit(CatchUp.NAMED - failures.size()).forEach(failures::add);
            settings.pace().committed(batch.read().walked());
            settings.progress().advanced(work, batch.read().walked());
            if (batch.read().endsRange()) {
                return new Seen(worked, failed, failures);
            }
        }
    }

    private static void tell(SealedRow row, Listener listener) {
        row.outcomes().get(0).ifPresent(outcomes -> listener.row(row.key(), outcomes));
    }
}
