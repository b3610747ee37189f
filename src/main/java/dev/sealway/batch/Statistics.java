package dev.sealway.batch;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The planner's statistics of a table, and how many rows it has by them. */
public final class Statistics {

    private static final Sql ANALYZE = Sql.of("ANALYZE {table}");
    private static final Sql ANALYZE_COLUMNS = Sql.of("ANALYZE {table} ({columns})");

    private static final String UNPLANNED = "the planner knows little of %s until ANALYZE has run";
    private static final String IN_CLEAR =
            "the statistics of %s still hold frequent values in clear: run the backfill again, or ANALYZE";

    /** Another index build or vacuum may hold the table for hours. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

    private Statistics() {}

    /**
     * Of the row key and no other column, which tells how many rows there are as well: statistics hold the most frequent
     * values, and those of plaintext are not made.
     *
     * @throws SealwayException if something stands in the way for too long
     */
    public static void make(Session session, WalkedTable table, WalkSettings settings) {
        Sql analyze = ANALYZE_COLUMNS
                .with("table", table.name())
                .with("columns", Identifier.list(table.rowKey().names()));
        settings.patience().retry(() -> {
            session.executeAlone(analyze, doing(table));
            return table;
        });
    }

    /** Of all columns, after work that stands without them: what stands in the way is only told. */
    public static void renew(Session session, WalkedTable table, WalkSettings settings) {
        leniently(session, ANALYZE, table, settings, UNPLANNED);
    }

    /** As {@link #renew}, of a table in place, whose former statistics hold the most frequent values in clear. */
    public static void renewInPlace(Session session, WalkedTable table, WalkSettings settings) {
        leniently(session, ANALYZE, table, settings, IN_CLEAR);
    }

    /** As {@link #renew}, of the columns that were written and no others: those of plaintext are not made. */
    public static void renewWritten(Session session, WalkedTable table, WalkSettings settings) {
        List<Identifier> written = new ArrayList<>();
        for (WalkedColumn column : table.columns()) {
            written.add(column.encrypted());
            written.addAll(column.tokenColumns());
        }
        leniently(session, ANALYZE_COLUMNS.with("columns", Identifier.list(written)), table, settings, UNPLANNED);
    }

    private static void leniently(
            Session session, Sql analyze, WalkedTable table, WalkSettings settings, String consequence) {
        try {
            session.executeAlone(analyze.with("table", table.name()), doing(table), LOCK_TIMEOUT, Duration.ZERO);
        } catch (SealwayException e) {
            settings.progress().notice("%s; %s".formatted(e.getMessage(), consequence.formatted(table.name())));
        }
    }

    private static String doing(WalkedTable table) {
        return "analysing %s".formatted(table.name());
    }
}
