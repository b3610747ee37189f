package dev.sealway.doctor;

import dev.sealway.catalog.LiveTable;
import dev.sealway.doctor.Finding.Group;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who gets a copy of what is written: subscribers must know the new columns first, and slots keep the log of a backfill. */
public final class ReplicationCheck {

    private static final Sql PUBLISHED = Sql.of("""
            SELECT pg_catalog.string_agg(DISTINCT t.pubname::pg_catalog.text, ', ')
              FROM pg_catalog.pg_publication_tables t
              JOIN pg_catalog.pg_namespace n ON n.nspname = t.schemaname
              JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.tablename
             WHERE c.oid = CAST(? AS pg_catalog.oid)
                OR c.oid IN (SELECT p.relid FROM pg_catalog.pg_partition_tree(CAST(CAST(? AS pg_catalog.oid) AS pg_catalog.regclass)) p)""");
    private static final Sql STANDBYS = Sql.of("SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_replication");
    private static final Sql IDLE = Sql.of("""
            SELECT pg_catalog.string_agg(slot_name::pg_catalog.text, ', ') FROM pg_catalog.pg_replication_slots
             WHERE NOT active AND restart_lsn IS NOT NULL""");
    private static final Sql UNBOUNDED =
            Sql.of("SELECT setting = '-1' FROM pg_catalog.pg_settings WHERE name = 'max_slot_wal_keep_size'");

    private ReplicationCheck() {}

    public static List<Finding> of(Transaction tx, List<LiveTable> tables) {
        List<Finding> findings = new ArrayList<>();
        for (LiveTable table : tables) {
            tx.first(PUBLISHED, row -> Optional.ofNullable(row.getString(1)), table.oid(), table.oid())
                    .flatMap(names -> names)
                    .ifPresent(names -> findings.add(Finding.warning(
                            Group.REPLICATION,
                            "%s is in publication %s".formatted(table.name(), names),
                            "a subscriber without the new columns stops at the first change, and keeps the plaintext after the drop",
                            "first add the columns on every subscriber, then expand here; drop there, too")));
        }
        tx.first(IDLE, row -> Optional.ofNullable(row.getString(1)))
                .flatMap(names -> names)
                .ifPresent(names -> findings.add(idle(names, tx.isTrue(UNBOUNDED))));
        long standbys = tx.number(STANDBYS);
        if (standbys > 0) {
            findings.add(Finding.notice(
                    Group.REPLICATION,
                    "%d standbys follow".formatted(standbys),
                    "a backfill writes more than they may take; they also keep what is dropped until they replay it",
                    "watch pg_stat_replication.replay_lag; see sealway residue after the drop"));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(Group.REPLICATION, "no publication, idle slot or standby is concerned"));
        }
        return findings;
    }

    private static Finding idle(String names, boolean unbounded) {
        String what = "replication slots without a consumer: %s".formatted(names);
        String mend = "SELECT pg_drop_replication_slot(…), or let the consumer catch up";
        return unbounded
                ? Finding.warning(
                        Group.REPLICATION,
                        what,
                        "they keep all of the write-ahead log, and max_slot_wal_keep_size sets no bound: the disk fills",
                        mend)
                : Finding.notice(Group.REPLICATION, what, "they keep write-ahead log that quotes plaintext", mend);
    }
}
