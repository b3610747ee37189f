package dev.sealway.phase.rehearse;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Which rows are rehearsed with: the first of the row key, a quarter the last, a quarter at random, and a tenth those with the
 * longest values, where the table is small enough to look for them. Rows whose plaintext an application wrote since are
 * left out: the barrier seals them before the drop, and until then there is nothing they could come back from.
 */
final class Sample {

    /** Reading it all for its longest values takes a moment. */
    private static final long SMALL = 256L << 20;

    /** Rows that are shuffled for each one that is taken. */
    private static final int SHUFFLED = 20;

    private static final Sql COPY = Sql.of("""
            INSERT INTO {copy} ({names}) SELECT {columns} FROM {table} t WHERE ({key}) IN ({keys})""");

    private static final Sql FIRST = Sql.of("(SELECT {key} FROM {table} t WHERE {sealed} ORDER BY {key} LIMIT {rows})");
    private static final Sql LAST =
            Sql.of("(SELECT {key} FROM {table} t WHERE {sealed} ORDER BY {backwards} LIMIT {rows})");
    private static final Sql LONGEST =
            Sql.of("(SELECT {key} FROM {table} t WHERE {sealed} ORDER BY {length} DESC LIMIT {rows})");
    private static final Sql RANDOM = Sql.of("""
            (SELECT {key} FROM {table} t TABLESAMPLE SYSTEM ({percent}) WHERE {sealed}
              ORDER BY pg_catalog.random() LIMIT {rows})""");

    private static final Identifier T = Identifier.of("t");
    private static final Sql SEALED = Sql.of("({dirty}) IS NOT TRUE");
    private static final Sql LENGTH = Sql.of("coalesce(pg_catalog.octet_length(t.{column}), 0)");

    private final WalkedTable table;
    private final int rows;

    Sample(WalkedTable table, int rows) {
        this.table = table;
        this.rows = rows;
    }

    /** @return how many rows were copied */
    long copy(Transaction tx, QualifiedName copy, Collection<Identifier> columns) {
        return tx.execute(COPY.with("copy", copy)
                .with("names", Identifier.list(columns))
                .with("columns", Sql.each("t.{name}", columns))
                .with("table", table.name())
                .with("key", key())
                .with("keys", Sql.join(" UNION ", parts())));
    }

    private List<Sql> parts() {
        boolean small = table.live().bytes() <= SMALL;
        int quarter = rows / 4;
        int longest = small ? rows / 10 : 0;
        List<Sql> parts = new ArrayList<>();
        parts.add(filled(FIRST, rows - 2 * quarter - longest));
        parts.add(filled(LAST, quarter)
                .with("backwards", Sql.each("t.{name} DESC", table.rowKey().names())));
        parts.add(filled(RANDOM, quarter).with("percent", Sql.of(percent())));
        if (small) {
            parts.add(filled(LONGEST, longest).with("length", length()));
        }
        return parts;
    }

    private Sql filled(Sql part, int share) {
        return part.with("key", key())
                .with("table", table.name())
                .with("sealed", SEALED.with("dirty", table.isDirtyIn(T)))
                .with("rows", Sql.of(Integer.toString(share)));
    }

    private Sql key() {
        return Sql.each("t.{name}", table.rowKey().names());
    }

    private Sql length() {
        return Sql.join(
                " + ",
                table.columns().stream()
                        .map(WalkedColumn::encrypted)
                        .map(c -> LENGTH.with("column", c))
                        .toList());
    }

    /** A table that was never analysed says nothing of its size in rows. */
    private String percent() {
        long estimated = table.live().estimatedRows();
        double percent = estimated <= 0 ? 100 : 100.0 * SHUFFLED * rows / estimated;
        return String.format(Locale.ROOT, "%.6f", Math.min(100, Math.max(0.000001, percent)));
    }
}
