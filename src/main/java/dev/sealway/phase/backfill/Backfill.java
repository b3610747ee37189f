package dev.sealway.phase.backfill;

import dev.sealway.batch.TableTask;
import dev.sealway.batch.TableWalk;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedTable;
import dev.sealway.batch.Workers;
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

/**
 * Backfills the tables of a run: several at once, each by one worker on two connections, and then those that are large
 * enough to be cut one after the other, by all workers. Parts of one table keep their order. Not thread-safe; for one run.
 */
public final class Backfill {

    /** A table takes no more at a time: one reads ahead while the other writes. */
    private static final int CONNECTIONS = 2;

    /**
     * What is walked at once.
     *
     * @param table with all columns of the change
     */
    public record Part(WalkedTable table, int change) {}

    /** Hears of parts that are through. Implementations are thread-safe. */
    @FunctionalInterface
    public interface Listener {

        /**
         * @param database with a connection that nobody else uses now
         * @param rows that were encrypted
         */
        void through(Database database, WalkedTable table, long rows);
    }

    /** Parts of one table, the first of which was measured. */
    private record Large(List<Integer> places, Checkpoint whole) {}

    private final Database database;
    private final WalkSettings settings;
    private final long run;
    private final Listener listener;
    private final SortedMap<Integer, BackfillReport.Table> through = new ConcurrentSkipListMap<>();
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
     * @throws RuntimeException what the first part failed with; the others end after the batch that they are at, and
     *     everything that is committed stays
     */
    public BackfillReport run(List<Part> all) {
        parts = List.copyOf(all);
        new Workers<>(byTable(), () -> database.reserve(CONNECTIONS), this::another, this::alone)
                .run(settings.workers());
        large.values().forEach(this::together);
        return new BackfillReport(List.copyOf(through.values()));
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
            rows += take(places.get(p), backfill.run(part, whole), reserve.database());
        }
        return rows;
    }

    private void together(Large table) {
        TableBackfill backfill = new TableBackfill(database, settings, run);
        Checkpoint whole = table.whole();
        for (int place : table.places()) {
            Part part = parts.get(place);
            take(place, backfill.run(part, place == table.places().get(0) ? whole : backfill.whole(part)), database);
        }
    }

    private long take(int place, BackfillReport.Table report, Database through) {
        long rows = report.written() + report.caughtUp();
        listener.through(through, parts.get(place).table(), rows);
        this.through.put(place, report);
        return rows;
    }
}
