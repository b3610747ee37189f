package dev.sealway.residue;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import dev.sealway.residue.Trace.State;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Statement texts that the server keeps. */
final class QueryTexts {

    private static final String PLACE = "query texts";

    private static final Sql SCHEMA = Sql.of("""
            SELECT n.nspname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
             WHERE e.extname = 'pg_stat_statements'""");

    private static final Sql NAMING = Sql.of("""
            SELECT pg_catalog.count(*) FILTER (
                     WHERE EXISTS (SELECT FROM pg_catalog.unnest(?, ?) AS x (tab, col)
                                    WHERE pg_catalog.strpos(pg_catalog.lower(s.query), x.tab) > 0
                                      AND pg_catalog.strpos(pg_catalog.lower(s.query), x.col) > 0)),
                   pg_catalog.count(*) FILTER (WHERE s.query IS NULL OR s.query = '<insufficient privilege>')
              FROM {schema}.pg_stat_statements s
             WHERE s.dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())""");

    private QueryTexts() {}

    static Trace of(Transaction tx, List<Suspect> suspects) {
        Optional<Identifier> schema = tx.first(SCHEMA, row -> Identifier.of(row.getString(1)));
        if (schema.isEmpty()) {
            return Trace.clean(PLACE, "pg_stat_statements is not installed in this database");
        }
        Trace[] found = new Trace[1];
        Optional<SqlFailure> failure = tx.tentatively(() -> found[0] = look(tx, schema.get(), suspects));
        return failure.map(f -> Trace.of(
                        PLACE,
                        State.UNKNOWN,
                        "pg_stat_statements could not be read (SQLSTATE %s)".formatted(f.sqlState()),
                        "SELECT pg_stat_statements_reset()"))
                .orElseGet(() -> found[0]);
    }

    private static Trace look(Transaction tx, Identifier schema, List<Suspect> suspects) {
        record Count(long naming, long hidden) {}
        Count count = tx.first(
                        NAMING.with("schema", schema),
                        row -> new Count(row.getLong(1), row.getLong(2)),
                        names(suspects, true),
                        names(suspects, false))
                .orElseThrow();
        if (count.naming() > 0) {
            return Trace.of(
                    PLACE,
                    State.PRESENT,
                    "%d texts in pg_stat_statements name a plaintext column; constants in them are replaced, except in utility statements"
                            .formatted(count.naming()),
                    "SELECT %s.pg_stat_statements_reset()".formatted(schema.sql()));
        }
        return count.hidden() > 0
                ? Trace.of(
                        PLACE,
                        State.UNKNOWN,
                        "%d texts in pg_stat_statements are hidden from this role".formatted(count.hidden()),
                        "GRANT pg_read_all_stats TO the role")
                : Trace.clean(PLACE, "none in pg_stat_statements names a plaintext column");
    }

    private static String[] names(List<Suspect> suspects, boolean ofTable) {
        return suspects.stream()
                .flatMap(s -> s.columns().stream()
                        .map(c -> ofTable ? s.name().table() : c.plaintext().name()))
                .map(n -> n.toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
    }
}
