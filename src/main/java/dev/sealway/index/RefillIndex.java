package dev.sealway.index;

import dev.sealway.batch.TableTask;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.ConcurrentIndex;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;

/**
 * The index on the rows whose value only the encrypted column holds, so that looking for them on the way back does not read
 * the others. It goes with the encrypted column.
 */
public final class RefillIndex {

    private RefillIndex() {}

    /** @param table with all the columns that are refilled together: its predicate is the one that catch-up asks for */
    public static ConcurrentIndex of(WalkedTable table) {
        Sql definition = Sql.of("({key}) WHERE {pending}")
                .with("key", Identifier.list(table.rowKey().names()))
                .with("pending", TableTask.awaitsRefill(table));
        return new ConcurrentIndex(table.name(), name(table.registered().id()), false, definition);
    }

    public static Identifier name(long tableId) {
        return Identifier.of("sealway_refill_%s".formatted(tableId));
    }
}
