package dev.sealway.discover.live;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements that {@code pg_stat_statements} has of this database. */
public final class StatementTexts {

    private static final int SHOWN = 5;

    private static final Sql SCHEMA = Sql.of("""
            SELECT n.nspname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
             WHERE e.extname = 'pg_stat_statements'""");

    private static final Sql TEXTS = Sql.of("""
            SELECT CAST(s.queryid AS pg_catalog.text), pg_catalog.sum(s.calls), pg_catalog.min(s.query)
              FROM {schema}.pg_stat_statements s
              JOIN pg_catalog.pg_database d ON d.oid = s.dbid AND d.datname = pg_catalog.current_database()
             WHERE s.queryid IS NOT NULL AND pg_catalog.length(s.query) < 20000
             GROUP BY s.queryid ORDER BY 2 DESC LIMIT 5000""");

    private final List<Text> texts;
    private final Optional<String> unread;

    private record Text(String id, long calls, String query) {}

    private StatementTexts(List<Text> texts, Optional<String> unread) {
        this.texts = texts;
        this.unread = unread;
    }

    public static StatementTexts in(Transaction tx) {
        Optional<String> schema = tx.first(SCHEMA, row -> row.getString(1));
        if (schema.isEmpty()) {
            return new StatementTexts(List.of(), Optional.of("pg_stat_statements is not installed in this database"));
        }
        List<Text> texts = new ArrayList<>();
        Optional<SqlFailure> failure = tx.tentatively(() -> texts.addAll(tx.list(
                TEXTS.with("schema", Identifier.of(schema.get())),
                row -> new Text(row.getString(1), row.getLong(2), row.getString(3)))));
        return new StatementTexts(
                texts, failure.map(f -> "pg_stat_statements could not be read: %s".formatted(Sampler.why(f))));
    }

    /** Why nothing is known of statements; empty if they were read. */
    public Optional<String> unread() {
        return unread;
    }

    /** Those that find, sort or join rows by a column, the most frequent ones. */
    public List<StatementUse> uses(String table, String column) {
        return texts.stream()
                .flatMap(t -> StatementUse.of(t.id(), t.calls(), t.query(), table, column).stream())
                .limit(SHOWN)
                .toList();
    }
}
