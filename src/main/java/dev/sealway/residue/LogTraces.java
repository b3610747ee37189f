package dev.sealway.residue;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.Drop;
import dev.sealway.ledger.Purged;
import dev.sealway.ledger.Purges;
import dev.sealway.residue.Trace.State;
import java.util.List;
import java.util.Optional;

/**
 * The write-ahead log and what holds it back. As long as pages hold the values they go into the log again: the first change
 * of a page after a checkpoint logs all of it. So not the drop is what the log is held against, but the rewrite.
 */
final class LogTraces {

    private static final String WAL = "write-ahead log";
    private static final String SLOTS = "replication slots";
    private static final String CYCLE = "sealway purge --wal";

    private static final Sql LATEST =
            Sql.of("SELECT pg_catalog.max(CAST(l AS pg_catalog.pg_lsn))::pg_catalog.text FROM pg_catalog.unnest(?) l");
    private static final Sql REACHED = Sql.of("SELECT CAST(? AS pg_catalog.pg_lsn) >= CAST(? AS pg_catalog.pg_lsn)");
    private static final Sql MAY_LIST =
            Sql.of("SELECT pg_catalog.has_function_privilege('pg_catalog.pg_ls_waldir()', 'EXECUTE')");

    private static final Sql HELD = Sql.of("""
            SELECT pg_catalog.string_agg(slot_name, ', ' ORDER BY slot_name) FROM pg_catalog.pg_replication_slots
             WHERE restart_lsn IS NOT NULL AND (? = '' OR restart_lsn < CAST(nullif(?, '') AS pg_catalog.pg_lsn))""");

    private LogTraces() {}

    static List<Trace> of(Transaction tx, List<History> histories) {
        Optional<String> quoted = quotedBefore(tx, histories);
        return List.of(log(tx, histories, quoted), slots(tx, quoted));
    }

    /** Empty if it may still be quoted, or nobody knows since when it is not. */
    private static Optional<String> quotedBefore(Transaction tx, List<History> histories) {
        if (histories.isEmpty()
                || histories.stream().anyMatch(h -> h.quotedBefore().isEmpty())) {
            return Optional.empty();
        }
        String[] positions =
                histories.stream().flatMap(h -> h.quotedBefore().stream()).toArray(String[]::new);
        return tx.first(LATEST, row -> row.getString(1), (Object) positions);
    }

    private static Trace log(Transaction tx, List<History> histories, Optional<String> quoted) {
        if (histories.stream().anyMatch(h -> !h.isRewritten())) {
            return Trace.of(
                    WAL,
                    State.PRESENT,
                    "pages that hold the values are logged anew whenever they change; first the tables and the statistics must be rewritten",
                    CYCLE);
        }
        if (!tx.isTrue(MAY_LIST)) {
            return Trace.of(WAL, State.UNKNOWN, "this role may not list its segments", "GRANT pg_monitor TO the role");
        }
        return quoted.map(since -> since(tx, since)).orElseGet(() -> sinceTheDrop(tx, histories));
    }

    private static Trace since(Transaction tx, String quoted) {
        WalSegments segments = WalSegments.of(tx, quoted);
        if (segments.older() > 0) {
            return Trace.of(
                    WAL,
                    State.PRESENT,
                    "%d segments begin before the rewrite ended and may quote the values".formatted(segments.older()),
                    CYCLE);
        }
        boolean cycled = Purges.in(tx)
                .ofWal()
                .map(Purged::lsn)
                .filter(lsn -> tx.isTrue(REACHED, lsn, quoted))
                .isPresent();
        if (segments.recycled() > 0 && !cycled) {
            return Trace.of(
                    WAL,
                    State.UNKNOWN,
                    "%d recycled segments keep what they held until they are written anew"
                            .formatted(segments.recycled()),
                    CYCLE);
        }
        return Trace.clean(WAL, "every segment begins after the rewrite");
    }

    /** Somebody else rewrote the pages; when, nobody wrote down. */
    private static Trace sinceTheDrop(Transaction tx, List<History> histories) {
        String dropped = histories.stream()
                .flatMap(h -> h.drops().stream())
                .map(Drop::lsn)
                .reduce((one, other) -> tx.isTrue(REACHED, one, other) ? one : other)
                .orElse("0/0");
        long older = WalSegments.of(tx, dropped).older();
        return Trace.of(
                WAL,
                older > 0 ? State.PRESENT : State.UNKNOWN,
                older > 0
                        ? "%d segments begin before the drop".formatted(older)
                        : "the pages were rewritten, but nobody wrote down when",
                "sealway purge --wal");
    }

    private static Trace slots(Transaction tx, Optional<String> quoted) {
        String since = quoted.orElse("");
        return tx.first(HELD, row -> Optional.ofNullable(row.getString(1)), since, since)
                .flatMap(names -> names)
                .map(names -> Trace.of(
                        SLOTS,
                        State.PRESENT,
                        "%s: segments that may quote the values are kept for them".formatted(names),
                        "let their consumers catch up, or drop them: SELECT pg_drop_replication_slot(…)"))
                .orElseGet(() -> Trace.clean(SLOTS, "none holds older segments back"));
    }
}
