package dev.sealway.phase.contract;

import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.inventory.Dependent;
import dev.sealway.catalog.inventory.DropEffect;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.Disposition;
import dev.sealway.plan.Disposition.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Drops the objects that the plan gives up and that would stop the drop of the column, or not notice it: each by its own
 * statement, readers before what they read.
 */
final class DependentDrop {

    /** Prints the statement for an object of the catalogue, by its class and oid. */
    private static final Sql STATEMENT = Sql.of("""
            SELECT CASE o.kind
              WHEN 'view' THEN (SELECT pg_catalog.format('DROP VIEW %I.%I RESTRICT', n.nspname, c.relname)
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = o.id)
              WHEN 'materialized view' THEN (SELECT pg_catalog.format('DROP MATERIALIZED VIEW %I.%I RESTRICT', n.nspname, c.relname)
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = o.id)
              WHEN 'sequence' THEN (SELECT pg_catalog.format('DROP SEQUENCE %I.%I RESTRICT', n.nspname, c.relname)
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = o.id)
              WHEN 'trigger' THEN (SELECT pg_catalog.format('DROP TRIGGER %I ON %s RESTRICT', t.tgname, t.tgrelid::pg_catalog.regclass)
                FROM pg_catalog.pg_trigger t WHERE t.oid = o.id)
              WHEN 'policy' THEN (SELECT pg_catalog.format('DROP POLICY %I ON %s', p.polname, p.polrelid::pg_catalog.regclass)
                FROM pg_catalog.pg_policy p WHERE p.oid = o.id)
              WHEN 'rule' THEN (SELECT pg_catalog.format('DROP RULE %I ON %s RESTRICT', r.rulename, r.ev_class::pg_catalog.regclass)
                FROM pg_catalog.pg_rewrite r WHERE r.oid = o.id)
              WHEN 'generated column' THEN (SELECT pg_catalog.format('ALTER TABLE %s DROP COLUMN %I RESTRICT', o.id::pg_catalog.regclass, o.name))
              WHEN 'publication' THEN (SELECT pg_catalog.format('ALTER PUBLICATION %I DROP TABLE %s', p.pubname,
                  pg_catalog.string_agg(pg_catalog.format('ONLY %s', r.prrelid::pg_catalog.regclass), ', '))
                FROM pg_catalog.pg_publication p JOIN pg_catalog.pg_publication_rel r ON r.prpubid = p.oid
               WHERE p.oid = o.id AND (r.prrelid = o.of OR r.prrelid IN (SELECT relid FROM pg_catalog.pg_partition_tree(o.of)))
               GROUP BY p.pubname)
              WHEN 'function' THEN (SELECT pg_catalog.format('DROP ROUTINE %s RESTRICT', p.oid::pg_catalog.regprocedure)
                FROM pg_catalog.pg_proc p WHERE p.oid = o.id)
              WHEN 'procedure' THEN (SELECT pg_catalog.format('DROP ROUTINE %s RESTRICT', p.oid::pg_catalog.regprocedure)
                FROM pg_catalog.pg_proc p WHERE p.oid = o.id)
              WHEN 'statistics' THEN (SELECT pg_catalog.format('DROP STATISTICS %I.%I', n.nspname, s.stxname)
                FROM pg_catalog.pg_statistic_ext s JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace WHERE s.oid = o.id)
              WHEN 'index' THEN (SELECT pg_catalog.format('DROP INDEX %I.%I RESTRICT', n.nspname, c.relname)
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = o.id)
              ELSE (SELECT pg_catalog.format('ALTER TABLE %s DROP CONSTRAINT %I RESTRICT', k.conrelid::pg_catalog.regclass, k.conname)
                FROM pg_catalog.pg_constraint k WHERE k.oid = o.id AND o.kind IN ('constraint', 'foreign key'))
            END FROM (SELECT ?::pg_catalog.text AS kind, ?::pg_catalog.oid AS id, ?::pg_catalog.text AS name, ?::pg_catalog.oid AS of) o""");

    private DependentDrop() {}

    /** What goes although DROP COLUMN alone would be refused for it, or would not notice it. */
    static void run(Transaction tx, LiveTable table, List<Dependent> all, Map<String, Disposition> dispositions) {
        List<Dependent> left = all.stream()
                .filter(d -> d.effect() != DropEffect.GOES_SILENTLY)
                .filter(d -> goes(InventoryGate.action(dispositions, d)))
                .toList();
        while (!left.isEmpty()) {
            List<Dependent> refused = new ArrayList<>();
            for (Dependent dependent : left) {
                Optional<SqlFailure> failure =
                        tx.tentatively(() -> tx.executeDefinition(statement(tx, table, dependent)));
                if (failure.isPresent() && !failure.get().isDependedOn()) {
                    throw failure.get();
                }
                if (failure.isPresent()) {
                    refused.add(dependent);
                }
            }
            if (refused.size() == left.size()) {
                throw SealwayException.refused("%s cannot be dropped: something else depends on it; drop that first"
                        .formatted(refused.get(0).key()));
            }
            left = refused;
        }
    }

    /** Whether a decision makes an object go away with the plaintext. */
    static boolean goes(Action action) {
        return switch (action) {
            case DROP, REPLACE_WITH -> true;
            case ACCEPT, KEEP -> false;
        };
    }

    private static Sql statement(Transaction tx, LiveTable table, Dependent dependent) {
        return tx.first(
                        STATEMENT,
                        row -> Optional.ofNullable(row.getString(1)),
                        dependent.kind(),
                        dependent.oid(),
                        dependent.name(),
                        table.oid())
                .flatMap(s -> s)
                .map(Sql::trusted)
                .orElseThrow(
                        () -> SealwayException.refused("%s has to be changed by hand before the plaintext can go: %s"
                                .formatted(dependent.key(), dependent.detail())));
    }
}
