package dev.sealway.phase.backfill;

import dev.sealway.batch.TableTask;
import dev.sealway.batch.TableWalk;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedTable;
import dev.sealway.batch.Workers;
import dev.sealway.control.RunCancelledException;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Reserve;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.ledger.Checkpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Backfills the tables of a run: small ones several at once, each by one worker on two connections; then those large enough
 * to be cut, one after the other, each by all workers. Parts of one table keep their order. Not thread-safe; for one run.
 */
public final class Backfill {

    /** A table takes no more at a time: one reads ahead while the other writes. */
    private static final int CONNECTIONS = 2;

    /**
     * The columns of one table that one change brought in: they are walked together.
     *
     * @param table with all columns of the change
     */
    public record Part(WalkedTable table, int change) {}

    /** Hears of parts that have ended. Implementations are thread-safe. */
    @FunctionalInterface
    public interface Listener {

        /**
         * @param database with a connection that nobody else uses now
         * @param rows that were encrypted
         */
        void ended(Database database, WalkedTable table, long rows);
    }

    /** Parts of one table, the first of which was measured. */
    private record Large(List<Integer> places, Checkpoint whole) {}

    private final Database database;
    private final WalkSettings settings;
    private final long run;
    private final Listener listener;
    private final SortedMap<Integer, BackfillReport.Table> reports = new ConcurrentSkipListMap<>();
    private final SortedMap<Integer, Large> large = new ConcurrentSkipListMap<>();
    private List<Part> parts = List.of();

    public Backfill(Database database, WalkSettings settings, long run, Listener listener) {
        this.database = database;
        this.settings = settings;
        this.run = run;
        this.listener = listener;
    }

    /**
     * Reports in the order of {@code all}, in whatever order they were worked on.
     *
     * @throws RuntimeException what failed first; the others end after the batch that they are at, and
     *     everything that is committed stays
     */
    public BackfillReport run(List<Part> all) {
        parts = List.copyOf(all);
        new Workers<>(byTable(), () -> database.reserve(CONNECTIONS), this::another, this::alone)
                .run(settings.workers());
        large.values().forEach(this::together);
        return new BackfillReport(List.copyOf(reports.values()));
    }

    /** Changes of one table walk the same rows. */
    private List<List<Integer>> byTable() {
        Map<Long, List<Integer>> tables = new LinkedHashMap<>();
        for (int place = 0; place < parts.size(); place++) {
            tables.computeIfAbsent(parts.get(place).table().registered().id(), id -> new ArrayList<>())
                    .add(place);
        }
        return List.copyOf(tables.values());
    }

    /** A run with fewer tables at once is slower, and no worse. */
    private Optional<Reserve> another() {
        try {
            return Optional.of(database.reserveAtOnce(CONNECTIONS));
        } catch (SqlFailure e) {
            settings.progress()
                    .notice("backfill goes on with fewer tables at once: %s; each table takes two connections"
                            .formatted(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Puts off what several workers would do faster. */
    private long alone(List<Integer> places, Reserve reserve, BooleanSupplier stopped) {
        TableBackfill backfill = new TableBackfill(reserve.database(), settings.forOne(stopped), run);
        long rows = 0;
        for (int p = 0; p < places.size(); p++) {
            Part part = parts.get(places.get(p));
            Checkpoint whole = backfill.whole(part);
            if (new TableWalk(reserve.database(), TableTask.sealing(part.table()), settings).isForSeveral(whole)) {
                large.put(places.get(p), new Large(places.subList(p, places.size()), whole));
                break;
            }
            rows += take(places.get(p), toldAtOnce(part, stopped, () -> backfill.run(part, whole)), reserve.database());
        }
        return rows;
    }

    /** The others may be at an index for hours before the run can end with this. */
    private BackfillReport.Table toldAtOnce(
            Part part, BooleanSupplier stopped, Supplier<BackfillReport.Table> backfill) {
        try {
            return backfill.get();
        } catch (SealwayException e) {
            boolean isNews = !(e instanceof RunCancelledException) && !stopped.getAsBoolean();
            if (isNews && settings.workers() > 1 && parts.size() > 1) {
                settings.progress()
                        .notice("backfill of %s failed, and the run ends as soon as it can: %s"
                                .formatted(part.table().name(), e.getMessage()));
            }
            throw e;
        }
    }

    private void together(Large table) {
        TableBackfill backfill = new TableBackfill(database, settings, run);
        Checkpoint whole = table.whole();
        for (int place : table.places()) {
            Part part = parts.get(place);
            take(place, backfill.run(part, place == table.places().get(0) ? whole : backfill.whole(part)), database);
        }
    }

    private long take(int place, BackfillReport.Table report, Database connections) {
        long rows = report.written() + report.caughtUp();
        listener.ended(connections, parts.get(place).table(), rows);
        reports.put(place, report);
        return rows;
    }
}
