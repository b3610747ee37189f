package dev.sealway.residue;

import dev.sealway.catalog.Leaf;
import dev.sealway.jdbc.Transaction;
import dev.sealway.residue.Trace.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Pages of the table, of its TOAST and of the statistics: only a rewrite empties them. */
final class PageTraces {

    private static final String PAGES = "pages";
    private static final String STATISTICS = "statistics";
    private static final String PURGE = "sealway purge";

    private PageTraces() {}

    static List<Trace> of(Transaction tx, History history) {
        List<Trace> traces = new ArrayList<>();
        Suspect suspect = history.suspect();
        if (!suspect.alive().isEmpty()) {
            traces.add(alive(suspect));
        }
        if (suspect.isInPlace() && suspect.partial()) {
            traces.add(Trace.of(
                            "rows",
                            State.PRESENT,
                            "those that the plan's 'where' leaves out are in clear",
                            "take the 'where' away, then sealway backfill")
                    .on(suspect));
        }
        traces.add(pages(tx, history).on(suspect));
        traces.add(indexes(history).on(suspect));
        return traces;
    }

    private static Trace alive(Suspect suspect) {
        String names = suspect.alive().stream().map(c -> c.name()).collect(Collectors.joining(", "));
        return Trace.of(
                        "columns",
                        State.PRESENT,
                        suspect.isInPlace()
                                ? "%s: not every value is encrypted yet".formatted(names)
                                : "%s: the plaintext is still there".formatted(names),
                        suspect.isInPlace() ? "sealway backfill, then sealway verify" : "sealway contract")
                .on(suspect);
    }

    private static Trace pages(Transaction tx, History history) {
        String size = "%d MB".formatted(Leaf.bytes(tx, history.suspect().live().oid()) / 1_000_000);
        return switch (history.pages()) {
            case PRESENT ->
                Trace.of(
                        PAGES,
                        State.PRESENT,
                        "heap and TOAST (%s with indexes) keep the %s values until they are rewritten (VACUUM FULL, pg_repack)"
                                .formatted(size, history.suspect().isInPlace() ? "overwritten" : "dropped"),
                        PURGE);
            case UNKNOWN, EXTERNAL ->
                Trace.of(
                        PAGES,
                        State.UNKNOWN,
                        "heap and TOAST (%s with indexes): nobody wrote down which files held the dropped values, so nothing tells whether they were rewritten"
                                .formatted(size),
                        PURGE);
            case CLEAN -> Trace.clean(PAGES, "heap and TOAST were rewritten since");
        };
    }

    /** An index on a dropped column goes with it; in place dead entries stay until a rewrite builds it anew. */
    private static Trace indexes(History history) {
        if (history.suspect().isInPlace() && history.pages() != State.CLEAN) {
            return Trace.of(
                    "indexes", State.PRESENT, "dead entries keep the overwritten values until they are rebuilt", PURGE);
        }
        return Trace.clean(
                "indexes",
                history.suspect().isInPlace()
                        ? "they were rebuilt since"
                        : "those on a dropped column were deleted together with it");
    }

    static Trace statistics(List<History> histories) {
        State worst = histories.stream().map(History::samples).reduce(State.CLEAN, PageTraces::worse);
        return switch (worst) {
            case PRESENT ->
                Trace.of(
                        STATISTICS,
                        State.PRESENT,
                        "pages of pg_statistic and pg_statistic_ext_data keep samples of the columns, which ANALYZE does not overwrite, until VACUUM FULL rewrites these catalogues",
                        PURGE);
            case UNKNOWN, EXTERNAL ->
                Trace.of(
                        STATISTICS,
                        State.UNKNOWN,
                        "nobody wrote down which files of pg_statistic held samples of the columns",
                        PURGE);
            case CLEAN ->
                Trace.clean(
                        STATISTICS,
                        histories.isEmpty()
                                ? "no column is gone yet"
                                : "pg_statistic and pg_statistic_ext_data were rewritten since");
        };
    }

    private static State worse(State one, State other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
