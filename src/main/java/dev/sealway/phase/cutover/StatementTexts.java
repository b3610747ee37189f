package dev.sealway.phase.cutover;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Searches the texts that {@code pg_stat_statements} keeps, where it is installed, for statements that name a plaintext
 * column. Advice only: the texts may be old, and a name in a text proves nothing.
 */
public final class StatementTexts {

    private static final Sql WHERE_IT_IS = Sql.of("""
            SELECT n.nspname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
             WHERE e.extname = 'pg_stat_statements'""");

    /** Words, as SQL knows them: email_encrypted does not name email. What qualifies with pg_catalog is Sealway's own. */
    private static final Sql NAMING = Sql.of("""
            SELECT pg_catalog.count(*), coalesce(pg_catalog.sum(s.calls), 0)::pg_catalog.int8 FROM {view} s
             WHERE s.dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
               AND s.query OPERATOR(pg_catalog.~*) ('\\y' || pg_catalog.regexp_replace(?, '(\\W)', '\\\\\\1', 'g') || '\\y')
               AND s.query OPERATOR(pg_catalog.~*) ('\\y' || pg_catalog.regexp_replace(?, '(\\W)', '\\\\\\1', 'g') || '\\y')
               AND s.query OPERATOR(pg_catalog.!~) 'pg_catalog[.]'""");

    private StatementTexts() {}

    /** One line for each column that is named. */
    public static List<String> naming(Transaction tx, WalkedTable table) {
        Optional<String> schema = tx.first(WHERE_IT_IS, row -> row.getString(1));
        List<String> lines = new ArrayList<>();
        schema.ifPresent(s -> {
            QualifiedName view = QualifiedName.of(s, "pg_stat_statements");
            // installed and not loaded, or not ours to read: no advice then
            tx.tentatively(
                    () -> table.columns().forEach(c -> line(tx, view, table, c).ifPresent(lines::add)));
        });
        return lines;
    }

    private static Optional<String> line(Transaction tx, QualifiedName view, WalkedTable table, WalkedColumn column) {
        Identifier name = column.plaintext();
        return tx.first(
                        NAMING.with("view", view),
                        row -> new long[] {row.getLong(1), row.getLong(2)},
                        table.name().name().name(),
                        name.name())
                .filter(found -> found[0] > 0)
                .map(found ->
                        "pg_stat_statements holds %d statements (%d calls) that name %s and %s; look whether an application still reads or writes the plaintext"
                                .formatted(found[0], found[1], table.name(), name));
    }
}
