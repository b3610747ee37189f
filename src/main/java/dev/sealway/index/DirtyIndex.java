package dev.sealway.index;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.ConcurrentIndex;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;

/**
 * The index on the rows of a change that are not encrypted: nearly empty once the walk is through, so that "is any row
 * dirty?" is answered without looking at the others.
 */
public final class DirtyIndex {

    private DirtyIndex() {}

    /** @param table with all columns of the change: its predicate is the one that catch-up asks for */
    public static ConcurrentIndex of(WalkedTable table, int change) {
        Sql definition = Sql.of("({key}) WHERE {dirty}")
                .with("key", Identifier.list(table.rowKey().names()))
                .with(
                        "dirty",
                        Sql.join(
                                " OR ",
                                table.columns().stream()
                                        .map(DirtyIndex::isDirty)
                                        .toList()));
        return new ConcurrentIndex(table.name(), name(table.registered().id(), change), false, definition);
    }

    /** As catch-up asks it, without a table's name: the same text serves every partition. */
    private static Sql isDirty(WalkedColumn column) {
        return Sql.of("({plain} IS DISTINCT FROM NULL AND {encrypted} IS NULL)")
                .with("plain", column.plaintext())
                .with("encrypted", column.encrypted());
    }

    public static Identifier name(long tableId, int change) {
        return Identifier.of("sealway_dirty_%s_%s".formatted(tableId, change));
    }
}
