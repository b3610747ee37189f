package dev.sealway.index;

import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.ConcurrentIndex;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.ledger.RegisteredColumn;

/** The index on the rows that lack a new search token, so that looking for them does not read the others. */
public final class PendingTokenIndex {

    private PendingTokenIndex() {}

    public static ConcurrentIndex of(WalkedTable table, RegisteredColumn column) {
        Sql definition = Sql.of("({key}) WHERE {encrypted} IS NOT NULL AND {token} IS NULL")
                .with("key", Identifier.list(table.rowKey().names()))
                .with("encrypted", column.encrypted())
                .with("token", column.search().orElseThrow().newest());
        return new ConcurrentIndex(table.name(), name(column), false, definition);
    }

    public static Identifier name(RegisteredColumn column) {
        return Identifier.of("sealway_tokens_%s".formatted(column.id()));
    }
}
