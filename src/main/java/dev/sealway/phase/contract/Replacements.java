package dev.sealway.phase.contract;

import dev.sealway.catalog.CatalogPath;
import dev.sealway.catalog.inventory.Dependent;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.Disposition.Action;
import java.util.List;
import java.util.Optional;

/** Lets nothing be replaced by what is not there. */
final class Replacements {

    /** Names as the inventory writes them: with a schema, or bare for what belongs to the table or lives beside it. */
    private static final Sql IS_THERE = Sql.of("""
            WITH that AS (SELECT c.oid, c.relnamespace FROM pg_class c WHERE c.oid = CAST(? AS oid)),
            wanted AS (SELECT CAST(? AS text) AS name)
            SELECT EXISTS (
              SELECT FROM that, wanted w, pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE format('%s.%s', n.nspname, c.relname) = w.name
                  OR (c.relname = w.name AND c.relnamespace = that.relnamespace)
              UNION ALL
              SELECT FROM that, wanted w, pg_constraint c WHERE c.conrelid = that.oid AND c.conname = w.name
              UNION ALL
              SELECT FROM that, wanted w, pg_trigger t WHERE t.tgrelid = that.oid AND t.tgname = w.name
              UNION ALL
              SELECT FROM that, wanted w, pg_policy p WHERE p.polrelid = that.oid AND p.polname = w.name
              UNION ALL
              SELECT FROM that, wanted w, pg_rewrite r WHERE r.ev_class = that.oid AND r.rulename = w.name
              UNION ALL
              SELECT FROM that, wanted w, pg_attribute a
               WHERE a.attrelid = that.oid AND a.attname = w.name AND a.attnum > 0 AND NOT a.attisdropped
              UNION ALL
              SELECT FROM that, wanted w, pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
               WHERE format('%s.%s', n.nspname, s.stxname) = w.name
                  OR (s.stxname = w.name AND s.stxnamespace = that.relnamespace)
              UNION ALL
              SELECT FROM that, wanted w, pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
               WHERE CAST(CAST(p.oid AS regprocedure) AS text) = w.name
                  OR format('%s.%s', n.nspname, p.proname) = w.name
                  OR (p.proname = w.name AND p.pronamespace = that.relnamespace)
              UNION ALL
              SELECT FROM wanted w, pg_publication p WHERE p.pubname = w.name)""");

    private Replacements() {}

    /** @throws SealwayException naming what the plan relies on and the database does not have */
    static void require(Transaction tx, DropOrder order, List<Dependent> all) {
        List<String> missing = CatalogPath.only(
                tx,
                () -> all.stream().flatMap(d -> missing(tx, order, d).stream()).toList());
        if (!missing.isEmpty()) {
            throw SealwayException.refused(
                    ("the plan says 'replace-with' for %s, and there is no such object; make it first, with its schema in the"
                                    + " plan where it is not that of %s")
                            .formatted(String.join(", ", missing), order.table().name()));
        }
    }

    private static Optional<String> missing(Transaction tx, DropOrder order, Dependent dependent) {
        return Optional.ofNullable(order.dispositions().get(dependent.key()))
                .filter(d -> d.action() == Action.REPLACE_WITH)
                .filter(d -> !tx.isTrue(IS_THERE, order.table().live().oid(), d.argument()))
                .map(d -> "%s (for %s)".formatted(d.argument(), dependent.key()));
    }
}
