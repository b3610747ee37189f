package dev.sealway.doctor;

import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.ServerFacts;
import dev.sealway.doctor.Finding.Group;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.List;

/** What the role may do: everything that a phase needs, and not much more. */
public final class RoleCheck {

    private static final Sql OWNS = Sql.of("""
            SELECT pg_catalog.pg_has_role(c.relowner, 'USAGE'), pg_catalog.pg_get_userbyid(c.relowner)::pg_catalog.text
              FROM pg_catalog.pg_class c WHERE c.oid = CAST(? AS pg_catalog.oid)""");
    private static final Sql LEDGER = Sql.of("""
            SELECT coalesce((SELECT pg_catalog.pg_has_role(nspowner, 'USAGE')
                                    OR pg_catalog.has_schema_privilege(oid, 'USAGE')
                               FROM pg_catalog.pg_namespace WHERE nspname = 'sealway'),
                            pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE'))""");
    private static final Sql STATS = Sql.of("SELECT pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE')");

    private RoleCheck() {}

    public static List<Finding> of(Transaction tx, List<LiveTable> tables) {
        List<Finding> findings = new ArrayList<>();
        ServerFacts facts = Catalog.in(tx).server();
        if (facts.superuser()) {
            findings.add(Finding.notice(
                    Group.ROLE,
                    "%s is a superuser".formatted(facts.user()),
                    "a run needs far less, and only a purge of the write-ahead log as much",
                    "sealway doctor --grants prints what smaller roles need"));
            return findings;
        }
        tables.forEach(table -> owner(tx, facts, table, findings));
        if (!tx.isTrue(LEDGER)) {
            findings.add(Finding.warning(
                    Group.ROLE,
                    "%s has no way to schema sealway".formatted(facts.user()),
                    "the ledger is kept there",
                    "GRANT CREATE ON DATABASE … TO %s, or USAGE ON SCHEMA sealway".formatted(facts.user())));
        }
        if (!tx.isTrue(STATS)) {
            findings.add(Finding.notice(
                    Group.ROLE,
                    "%s does not see other roles' sessions".formatted(facts.user()),
                    "who holds a lock, or a snapshot, cannot be named",
                    "GRANT pg_read_all_stats TO %s".formatted(facts.user())));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(Group.ROLE, "%s may do what the phases need".formatted(facts.user())));
        }
        return findings;
    }

    private static void owner(Transaction tx, ServerFacts facts, LiveTable table, List<Finding> findings) {
        record Owner(boolean ours, String name) {}
        Owner owner = tx.first(OWNS, row -> new Owner(row.getBoolean(1), row.getString(2)), table.oid())
                .orElseThrow();
        if (!owner.ours()) {
            findings.add(Finding.warning(
                    Group.ROLE,
                    "%s does not own %s".formatted(facts.user(), table.name()),
                    "expand, contract, rollback and the indexes of a backfill need its owner's rights",
                    "GRANT %s TO %s".formatted(owner.name(), facts.user())));
        }
    }
}
