package dev.sealway.batch;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Fills a scratch table with rows of the same width, and none of the plaintext. */
final class TrialFiller {

    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar");
    private static final Sql FILLER = Sql.of("""
            CASE WHEN t.{column} IS NOT NULL THEN pg_catalog.rpad(pg_catalog.md5(t.ctid::pg_catalog.text),
              pg_catalog.char_length(t.{column}::pg_catalog.text), 'x')::{type} END""");

    private final WalkedTable table;

    TrialFiller(WalkedTable table) {
        this.table = table;
    }

    /** @param insert with the holes {@code columns}, {@code values}, {@code table} and {@code key} left open */
    void fill(Transaction tx, Sql insert, int rows) {
        Set<Identifier> own = Set.copyOf(table.registered().ownedColumns());
        List<LiveColumn> columns = table.live().columns().stream()
                .filter(c -> !c.generated() && !own.contains(c.name()))
                .toList();
        tx.execute(
                insert.with(
                                "columns",
                                Identifier.list(
                                        columns.stream().map(LiveColumn::name).toList()))
                        .with(
                                "values",
                                Sql.join(", ", columns.stream().map(this::value).toList()))
                        .with("table", table.name())
                        .with("key", Identifier.list(table.rowKey().names())),
                rows);
    }

    private Sql value(LiveColumn column) {
        Set<Identifier> plaintext =
                table.columns().stream().map(WalkedColumn::plaintext).collect(Collectors.toSet());
        if (!plaintext.contains(column.name())) {
            return Sql.of("t.{column}").with("column", column.name());
        }
        return TEXTS.contains(column.baseType())
                ? FILLER.with("column", column.name()).with("type", column.type())
                : Sql.of("NULL");
    }
}
