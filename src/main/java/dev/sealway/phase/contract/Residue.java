package dev.sealway.phase.contract;

import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.List;

/** Tells where plaintext lingers after its column was dropped: dropping is not erasing. */
public final class Residue {

    private static final Sql SIZE =
            Sql.of("SELECT pg_catalog.pg_size_pretty(pg_catalog.pg_table_size(?::pg_catalog.regclass))");
    private static final Sql SLOTS = Sql.of("SELECT pg_catalog.count(*) FROM pg_catalog.pg_replication_slots");

    private static final List<String> BEYOND_SQL = List.of(
            "WAL: segments since the values were written, and their archive, until they are recycled and overwritten",
            "physical replicas, base backups, snapshots and dump files made before the drop",
            "logical subscribers, change streams and warehouses that copied the columns",
            "materialised views, history and audit tables that copied values",
            "server logs and pg_stat_statements, where statements carried values",
            "caches and search indexes of applications, and freed blocks of the file system");

    private Residue() {}

    /** One sentence each, those that were looked up first. */
    public static List<String> of(Transaction tx, List<WalkedTable> tables) {
        List<String> sentences = new ArrayList<>();
        for (WalkedTable table : tables) {
            String size =
                    tx.first(SIZE, row -> row.getString(1), table.name().sql()).orElse("unknown size");
            sentences.add(
                    "table %s (%s): its pages keep the dropped values until it is rewritten (VACUUM FULL, pg_repack)"
                            .formatted(table.name(), size));
        }
        if (!tables.isEmpty()) {
            sentences.add(
                    "pg_statistic: pages of the catalogue keep samples of the columns until VACUUM FULL rewrites it");
        }
        long slots = tx.number(SLOTS);
        if (slots > 0) {
            sentences.add("%d replication slots hold back WAL that carries the values".formatted(slots));
        }
        sentences.addAll(BEYOND_SQL);
        return sentences;
    }
}
