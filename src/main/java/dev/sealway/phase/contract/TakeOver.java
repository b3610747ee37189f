package dev.sealway.phase.contract;

import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.inventory.CarriedUnique;
import dev.sealway.index.DirtyIndex;
import dev.sealway.index.RefillIndex;
import dev.sealway.index.TokenIndexes;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.takeover.Fence;
import dev.sealway.takeover.UniqueTakeOver;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Gives the encrypted columns and their tokens the constraints that go with the plaintext. */
final class TakeOver {

    private static final Sql NOT_NULL = Sql.of("ALTER TABLE {table} {columns}");
    private static final Sql SET_NOT_NULL = Sql.of("ALTER COLUMN {column} SET NOT NULL");
    private static final Sql DROP_INDEX = Sql.of("DROP INDEX IF EXISTS {index} RESTRICT");

    private final Transaction tx;
    private final WalkedTable table;
    private final TokenIndexes indexes;

    TakeOver(Transaction tx, WalkedTable table, TokenIndexes indexes) {
        this.tx = tx;
        this.table = table;
        this.indexes = indexes;
    }

    /** In one statement, for which the server reads the table once. Since a cut over the plaintext may be null. */
    void notNull() {
        List<Sql> columns = table.columns().stream()
                .filter(c -> WalkedTable.liveColumn(table.live(), c.plaintext()).notNull())
                .map(c -> SET_NOT_NULL.with("column", c.encrypted()))
                .toList();
        if (!columns.isEmpty()) {
            tx.executeDefinition(NOT_NULL.with("table", table.name()).with("columns", Sql.join(", ", columns)));
        }
        // also of a cut over that was begun and not finished
        table.columns().forEach(c -> Fence.of(table, c).takeDown(tx));
    }

    /** The full index takes over from the partial one; a constraint becomes a constraint again. */
    void uniqueness() {
        new UniqueTakeOver(tx, table, indexes).run();
        table.columns().stream()
                .map(c -> c.registered().change())
                .distinct()
                .forEach(change -> drop(DirtyIndex.name(table.registered().id(), change)));
        // of a rollback that was begun and not finished
        drop(RefillIndex.name(table.registered().id()));
    }

    private void drop(Identifier index) {
        tx.executeDefinition(
                DROP_INDEX.with("index", new QualifiedName(table.name().schema(), index)));
    }

    /** What the table has afterwards, given what it had and what the plan gives up. */
    Set<String> expected(Set<String> before, Set<String> givenUp) {
        Set<String> expected = new TreeSet<>(before);
        expected.removeAll(givenUp);
        for (CarriedUnique unique : indexes.carried()) {
            expected.remove(unique.replaced().key());
            expected.remove("index " + TokenIndexes.partialName(unique));
            expected.remove("index " + TokenIndexes.carriedName(unique));
            boolean constraint = UniqueTakeOver.becomesConstraint(table, unique);
            expected.add((constraint ? "constraint " : "index ") + TokenIndexes.carriedName(unique));
        }
        table.columns()
                .forEach(c -> expected.remove("constraint " + Fence.of(table, c).name()));
        table.columns()
                .forEach(c -> expected.remove("index "
                        + DirtyIndex.name(
                                table.registered().id(), c.registered().change())));
        expected.remove("index " + RefillIndex.name(table.registered().id()));
        return expected;
    }
}
