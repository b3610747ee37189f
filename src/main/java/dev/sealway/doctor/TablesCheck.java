package dev.sealway.doctor;

import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.LiveTable;
import dev.sealway.doctor.Finding.Group;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.List;

/** The tables of the plan: what of them would stop a run, or make it worse. */
public final class TablesCheck {

    private static final Sql STATE = Sql.of("""
            SELECT c.relrowsecurity AND (c.relforcerowsecurity OR NOT pg_catalog.pg_has_role(c.relowner, 'USAGE')),
                   coalesce('autovacuum_enabled=false' = ANY (c.reloptions) OR 'autovacuum_enabled=off' = ANY (c.reloptions), false),
                   c.relpersistence = 'u', c.relreplident = 'f'
              FROM pg_catalog.pg_class c WHERE c.oid = CAST(? AS pg_catalog.oid)""");

    private record State(boolean hidesRows, boolean unvacuumed, boolean unlogged, boolean fullIdentity) {}

    private TablesCheck() {}

    public static List<Finding> of(Transaction tx, List<LiveTable> tables) {
        boolean bypasses = Catalog.in(tx).server().bypassesRowSecurity();
        List<Finding> findings = new ArrayList<>();
        tables.forEach(table -> look(tx, table, bypasses, findings));
        if (findings.isEmpty()) {
            findings.add(Finding.ok(Group.TABLES, "%d tables of the plan are fit for a run".formatted(tables.size())));
        }
        return findings;
    }

    private static void look(Transaction tx, LiveTable table, boolean bypasses, List<Finding> findings) {
        State state = tx.first(
                        STATE,
                        row -> new State(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3), row.getBoolean(4)),
                        table.oid())
                .orElseThrow();
        String name = table.name().sql();
        if (state.hidesRows() && !bypasses) {
            findings.add(Finding.refusal(
                    Group.TABLES,
                    "%s has row-level security that holds for this role".formatted(table.name()),
                    "rows that a policy hides would stay in clear, so every phase stops with an error",
                    "run it as the owner, or as a role with BYPASSRLS"));
        }
        if (state.unvacuumed()) {
            findings.add(Finding.warning(
                    Group.TABLES,
                    "%s has autovacuum_enabled = false".formatted(table.name()),
                    "a backfill writes every row anew, and nobody takes the old ones away",
                    "ALTER TABLE %s RESET (autovacuum_enabled)".formatted(name)));
        }
        if (state.unlogged()) {
            findings.add(Finding.warning(
                    Group.TABLES,
                    "%s is UNLOGGED".formatted(table.name()),
                    "a crash empties it, while the ledger goes on believing in its ciphertexts",
                    "ALTER TABLE %s SET LOGGED".formatted(name)));
        }
        if (state.fullIdentity()) {
            findings.add(Finding.warning(
                    Group.TABLES,
                    "%s has REPLICA IDENTITY FULL".formatted(table.name()),
                    "with wal_level = logical every old row, plaintext and all, goes into the write-ahead log",
                    "ALTER TABLE %s REPLICA IDENTITY DEFAULT".formatted(name)));
        }
        if (table.estimatedRows() < 0) {
            findings.add(Finding.notice(
                    Group.TABLES,
                    "%s was never analysed".formatted(table.name()),
                    "progress and head-room are guesses",
                    "ANALYZE %s".formatted(name)));
        }
    }
}
