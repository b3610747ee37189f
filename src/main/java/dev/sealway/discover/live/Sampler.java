package dev.sealway.discover.live;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.discover.ColumnFacts;
import dev.sealway.discover.Sample;
import dev.sealway.discover.ValueType;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads some rows of a table, each value only as far as it tells something. */
public final class Sampler {

    private static final int FETCH = 100;

    private static final Sql COMMENTS = Sql.of("""
            SELECT objsubid, description FROM pg_catalog.pg_description
             WHERE objoid = CAST(? AS pg_catalog.oid) AND classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
               AND objsubid > 0""");

    private final Transaction tx;
    private final Bounds bounds;

    private Sampler(Transaction tx, Bounds bounds) {
        this.tx = tx;
        this.bounds = bounds;
    }

    /** @param tx under {@link Bounds#settings} */
    public static Sampler in(Transaction tx, Bounds bounds) {
        return new Sampler(tx, bounds);
    }

    /** What cannot be read, for want of rights or of time, is judged without its values. */
    public TableSample of(LiveTable table) {
        Map<Integer, String> comments = new HashMap<>();
        tx.list(COMMENTS, row -> comments.put(row.getInt(1), row.getString(2)), table.oid());
        List<LiveColumn> readable =
                table.columns().stream().filter(c -> type(c).isWorthReading()).toList();
        Rows rows = new Rows(readable.size());
        Optional<SqlFailure> failure =
                readable.isEmpty() ? Optional.empty() : tx.tentatively(() -> read(table, readable, rows));
        List<ColumnFacts> facts = table.columns().stream()
                .map(c -> new ColumnFacts(
                        table.name().name().name(),
                        c.name().name(),
                        type(c),
                        Optional.ofNullable(comments.get(c.number())),
                        failure.isPresent() || !readable.contains(c)
                                ? Sample.NONE
                                : Sample.of(rows.of(readable.indexOf(c)))))
                .toList();
        return new TableSample(table, facts, rows.count(), failure.map(Sampler::why));
    }

    /** Why something could not be read, in words. */
    public static String why(SqlFailure failure) {
        return switch (failure.sqlState()) {
            case "42501" -> "the role may not read it, or row-level security hides rows from it";
            case "57014" -> "it took longer than the statement timeout";
            case "55P03" -> "somebody locks the table";
            default -> "SQLSTATE " + failure.sqlState();
        };
    }

    private void read(LiveTable table, List<LiveColumn> columns, Rows rows) {
        Sql values = Sql.join(", ", columns.stream().map(Sampler::text).toList());
        for (Sql from : Scattered.of(table, bounds.rows())) {
            if (rows.count() >= Scattered.enough(bounds.rows())) {
                return;
            }
            rows.clear();
            tx.each(
                    Sql.of("SELECT {values} FROM {from} LIMIT ?")
                            .with("values", values)
                            .with("from", from),
                    rows::take,
                    FETCH,
                    bounds.rows());
        }
    }

    private static Sql text(LiveColumn column) {
        Sql text = Sql.of("CAST({column} AS pg_catalog.text)").with("column", column.name());
        // a part of a document could not be read, so a long one is passed over
        return Sql.of(
                        type(column) == ValueType.JSON
                                ? "CASE WHEN pg_catalog.length({text}) <= 8192 THEN {text} END"
                                : "pg_catalog.\"left\"({text}, 512)")
                .with("text", text);
    }

    private static ValueType type(LiveColumn column) {
        return ValueType.of(column.baseType(), column.category());
    }
}
