package dev.sealway.phase.purge;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.patience.MayPass;
import dev.sealway.patience.Patience;
import java.util.List;
import java.util.Optional;

/**
 * Waits for transactions that may still see rows that are dead by now: a rewrite would carry such rows over, with what they
 * hold.
 */
final class Horizon {

    private static final Sql NOW =
            Sql.of("SELECT pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::pg_catalog.text");

    private static final Sql HOLDERS = Sql.of("""
            WITH h AS (SELECT pg_catalog.age(CAST(CAST(? AS pg_catalog.xid8) AS pg_catalog.xid)) AS age)
            SELECT pg_catalog.format('session %s (%s)', a.pid, coalesce(a.usename::text, a.backend_type))
              FROM pg_catalog.pg_stat_activity a, h
             WHERE a.pid <> pg_catalog.pg_backend_pid()
               AND (a.datname IS NULL OR a.datname = pg_catalog.current_database())
               AND greatest(pg_catalog.age(a.backend_xmin), pg_catalog.age(a.backend_xid)) > h.age
            UNION ALL
            SELECT pg_catalog.format('replication slot %s', s.slot_name) FROM pg_catalog.pg_replication_slots s, h
             WHERE greatest(pg_catalog.age(s.xmin), pg_catalog.age(s.catalog_xmin)) > h.age
            UNION ALL
            SELECT 'a prepared transaction' FROM pg_catalog.pg_prepared_xacts p, h
             WHERE p.database = pg_catalog.current_database() AND pg_catalog.age(p.transaction) > h.age
            UNION ALL
            SELECT 'a session that is hidden from this role; grant it pg_read_all_stats'
              FROM pg_catalog.pg_stat_activity a
             WHERE a.datname = pg_catalog.current_database() AND a.backend_type = 'client backend' AND a.state IS NULL
               AND NOT pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE')
             LIMIT 5""");

    private final Session session;
    private final Patience patience;

    Horizon(Session session, Patience patience) {
        this.session = session;
        this.patience = patience;
    }

    /** @return who still holds rows that are dead by now, after some waiting */
    Optional<String> wait(String what) {
        String doing = "looking for who may still see dead rows of %s".formatted(what);
        String now =
                session.inTransaction(TransactionSettings.reading(), doing, tx -> tx.first(NOW, row -> row.getString(1))
                        .orElseThrow());
        try {
            patience.retry(() -> {
                List<String> holders = session.inTransaction(
                        TransactionSettings.reading(), doing, tx -> tx.list(HOLDERS, row -> row.getString(1), now));
                if (!holders.isEmpty()) {
                    throw new HeldBack(String.join(", ", holders));
                }
                return true;
            });
            return Optional.empty();
        } catch (HeldBack e) {
            return Optional.of(
                    "dead rows may still be seen by %s, and a rewrite would carry them over; end that, and run it again"
                            .formatted(e.holders));
        }
    }

    private static final class HeldBack extends SealwayException implements MayPass {

        private static final long serialVersionUID = 1L;

        private final String holders;

        HeldBack(String holders) {
            super(Outcome.FAILED, "held by %s".formatted(holders));
            this.holders = holders;
        }

        @Override
        public boolean isTransient() {
            return true;
        }
    }
}
