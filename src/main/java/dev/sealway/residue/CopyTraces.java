package dev.sealway.residue;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.Disposition.Action;
import dev.sealway.residue.Trace.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whoever may have copied a table's values elsewhere in this database, or out of it. */
final class CopyTraces {

    private static final Set<String> COPYING = Set.of("trigger", "materialized view", "function", "procedure", "rule");

    private static final Sql PUBLICATIONS = Sql.of("""
            SELECT pg_catalog.string_agg(DISTINCT t.pubname::pg_catalog.text, ', ')
              FROM pg_catalog.pg_publication_tables t
              JOIN pg_catalog.pg_namespace n ON n.nspname = t.schemaname
              JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.tablename
             WHERE c.oid = CAST(? AS pg_catalog.oid)
                OR c.oid IN (SELECT p.relid FROM pg_catalog.pg_partition_tree(CAST(CAST(? AS pg_catalog.oid) AS pg_catalog.regclass)) p)""");

    private static final Sql BACKUPS = Sql.of("""
            SELECT pg_catalog.count(*), pg_catalog.string_agg(DISTINCT b.keeper, ', ') FROM sealway.backup b
             WHERE b.table_id = ? HAVING pg_catalog.count(*) > 0""");

    private CopyTraces() {}

    static List<Trace> of(Transaction tx, Suspect suspect) {
        List<Trace> traces = new ArrayList<>(accepted(suspect));
        tx.first(
                        PUBLICATIONS,
                        row -> Optional.ofNullable(row.getString(1)),
                        suspect.live().oid(),
                        suspect.live().oid())
                .flatMap(names -> names)
                .ifPresent(names -> traces.add(Trace.of(
                                "publications",
                                State.EXTERNAL,
                                "%s: subscribers keep the column and its values until they drop it themselves"
                                        .formatted(names),
                                "drop the column on each subscriber, and purge there")
                        .on(suspect)));
        backups(tx, suspect).ifPresent(traces::add);
        return traces;
    }

    private static List<Trace> accepted(Suspect suspect) {
        return suspect.dispositions().entrySet().stream()
                .filter(e ->
                        e.getValue().action() == Action.ACCEPT || e.getValue().action() == Action.REPLACE_WITH)
                .filter(e -> COPYING.stream().anyMatch(kind -> e.getKey().startsWith(kind + " ")))
                .map(e -> Trace.of(
                                "copies",
                                State.UNKNOWN,
                                "the plan says '%s' of %s; what it wrote elsewhere is still there"
                                        .formatted(word(e.getValue().action()), e.getKey()),
                                "look at what it writes to; encrypt it by the plan, or delete it and VACUUM FULL it")
                        .on(suspect))
                .toList();
    }

    private static String word(Action action) {
        return action == Action.ACCEPT ? "accept" : "replace-with";
    }

    private static Optional<Trace> backups(Transaction tx, Suspect suspect) {
        return tx.first(
                BACKUPS,
                row -> Trace.of(
                                "backups of Sealway",
                                State.EXTERNAL,
                                "%d encrypted files hold the values, for whoever has the keys of %s"
                                        .formatted(row.getLong(1), row.getString(2)),
                                "delete the files when the way back is not wanted any more")
                        .on(suspect),
                suspect.table().id());
    }
}
