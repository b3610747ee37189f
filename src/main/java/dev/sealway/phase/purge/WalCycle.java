package dev.sealway.phase.purge;

import dev.sealway.audit.AuditTrail;
import dev.sealway.catalog.Catalog;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Purges;
import dev.sealway.patience.Patience;
import dev.sealway.phase.purge.PurgeStep.Outcome;
import dev.sealway.residue.WalSegments;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes on until no segment of the write-ahead log is left that was written before: with {@code wal_recycle} on, segments are
 * renamed and keep what they held, so it is off for that time.
 */
final class WalCycle {

    static final String WHAT = "write-ahead log";

    private static final int ROUNDS = 6;

    private static final Sql HOLDERS = Sql.of("""
            SELECT pg_catalog.string_agg(h.name, ', ') FROM (
              SELECT 'replication slot ' || slot_name FROM pg_catalog.pg_replication_slots WHERE restart_lsn IS NOT NULL
              UNION ALL
              SELECT 'standby ' || coalesce(nullif(application_name, ''), 'without a name') FROM pg_catalog.pg_stat_replication) h (name)""");
    private static final Sql HERE = Sql.of("SELECT pg_catalog.pg_current_wal_insert_lsn()::pg_catalog.text");
    private static final Sql SWITCH = Sql.of("""
            SELECT pg_catalog.pg_logical_emit_message(false, 'sealway', ''), pg_catalog.pg_switch_wal()""");

    private final Session session;
    private final Patience patience;

    WalCycle(Session session, Patience patience) {
        this.session = session;
        this.patience = patience;
    }

    PurgeStep run(long runId) {
        WalRecycling recycling = new WalRecycling(session, patience);
        Optional<String> obstacle = look(WalCycle::obstacle);
        if (obstacle.isPresent()) {
            return PurgeStep.left(WHAT, Outcome.RESIDUAL, obstacle.get());
        }
        long began = System.nanoTime();
        String until = look(tx -> tx.first(HERE, row -> row.getString(1)).orElseThrow());
        recycling.off(runId);
        WalSegments left;
        try {
            left = cycle(until);
        } finally {
            recycling.asBefore();
        }
        if (left.older() + left.recycled() > 0) {
            return PurgeStep.left(
                    WHAT,
                    Outcome.RESIDUAL,
                    "%d segments are kept all the same; look at wal_keep_size and at what the archive has not taken yet"
                            .formatted(left.older() + left.recycled()));
        }
        record(until, runId);
        return new PurgeStep(WHAT, Outcome.REWRITTEN, 0, 0, Duration.ofNanos(System.nanoTime() - began), "");
    }

    private static Optional<String> obstacle(Transaction tx) {
        if (!Catalog.in(tx).server().superuser()) {
            return Optional.of(
                    "only a superuser may cycle it; on a managed server wait until its segments are overwritten");
        }
        return tx.first(HOLDERS, row -> Optional.ofNullable(row.getString(1)))
                .flatMap(names -> names)
                .map("%s would hold segments back, and gets what they hold; see to that first"::formatted);
    }

    private WalSegments cycle(String until) {
        WalSegments left = look(tx -> WalSegments.of(tx, until));
        for (int round = 0; round < ROUNDS && left.older() + left.recycled() > 0; round++) {
            for (long segment = 0; segment <= left.recycled(); segment++) {
                look(tx -> tx.first(SWITCH, row -> row.getString(2)));
            }
            session.executeAlone(Sql.of("CHECKPOINT"), "writing a checkpoint");
            left = look(tx -> WalSegments.of(tx, until));
        }
        return left;
    }

    private <T> T look(Function<Transaction, T> work) {
        return session.inTransaction(TransactionSettings.writing(), "cycling the write-ahead log", work);
    }

    private void record(String until, long runId) {
        look(tx -> {
            Purges.in(tx).cycledWal(until, runId);
            return AuditTrail.in(tx).append(runId, "wal.cycled", Map.of("before", until));
        });
    }
}
