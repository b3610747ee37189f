package dev.sealway.phase.contract;

import dev.sealway.batch.LegacyWatching;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.TableFingerprint;
import dev.sealway.catalog.inventory.Dependent;
import dev.sealway.catalog.inventory.DropEffect;
import dev.sealway.catalog.inventory.Inventory;
import dev.sealway.catalog.inventory.SavedDefinition;
import dev.sealway.catalog.inventory.SavedDefinitions;
import dev.sealway.error.SealwayException;
import dev.sealway.guard.ChangeWatch;
import dev.sealway.guard.RowKeyLock;
import dev.sealway.index.TokenIndexes;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.DefinitionStore;
import dev.sealway.ledger.Drops;
import dev.sealway.ledger.Recheck;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.ledger.VerifiedTables;
import dev.sealway.plan.Binding;
import dev.sealway.plan.Disposition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The drop itself, in the barrier's transaction: saves, hands over, drops, and holds the result against the plan. */
final class PlaintextDrop {

    private static final Sql DROP = Sql.of("ALTER TABLE {table} DROP COLUMN {column} RESTRICT");

    private final Transaction tx;
    private final DropOrder order;
    private final WalkedTable table;
    private final TokenIndexes indexes;

    PlaintextDrop(Transaction tx, DropOrder order, TokenIndexes indexes) {
        this.tx = tx;
        this.order = order;
        this.table = order.table();
        this.indexes = indexes;
    }

    void run(List<Dependent> inventory, long runId) {
        Set<String> before = TableObjects.of(tx, table.name());
        saveDefinitions(inventory, runId);
        // a deferred constraint trigger with work to do would make every ALTER TABLE fail
        tx.executeDefinition(Sql.of("SET CONSTRAINTS ALL IMMEDIATE"));
        Registry registry = Registry.in(tx);
        table.columns().forEach(c -> registry.moveTo(c.registered(), ColumnPhase.CONTRACTED, runId));
        RegisteredTable left = registry.table(table.registered().id()).orElseThrow();
        releaseTriggers(left);
        DependentDrop.run(tx, table.live(), inventory, order.dispositions());
        TakeOver takeOver = new TakeOver(tx, table, indexes);
        takeOver.notNull();
        takeOver.uniqueness();
        for (WalkedColumn column : table.columns()) {
            tx.executeDefinition(DROP.with("table", table.name()).with("column", column.plaintext()));
        }
        requireExpected(takeOver.expected(before, givenUp(inventory)));
        Drops.in(tx)
                .record(
                        left,
                        table.live().oid(),
                        table.columns().stream().map(c -> c.plaintext().name()).toList(),
                        runId);
        rememberRest(left, runId);
    }

    private void saveDefinitions(List<Dependent> inventory, long runId) {
        List<Identifier> dropped =
                table.columns().stream().map(WalkedColumn::plaintext).toList();
        List<SavedDefinition> definitions =
                new ArrayList<>(SavedDefinitions.of(tx, table.live(), dropped, going(inventory)));
        DefinitionStore store = DefinitionStore.in(tx);
        // nobody else remembers
        definitions.addAll(store.takenAtCutOver(
                table.registered(),
                table.columns().stream().map(WalkedColumn::registered).toList()));
        store.save(table.registered(), runId, definitions);
    }

    /** What stays need not be made again. What hangs on a generated column goes with that. */
    private List<Dependent> going(List<Dependent> inventory) {
        List<Identifier> generated = inventory.stream()
                .filter(d -> d.kind().equals("generated column"))
                .map(d -> Identifier.of(d.name()))
                .toList();
        List<Dependent> further = generated.isEmpty()
                ? List.of()
                : Inventory.of(tx, table.live(), generated, table.registered().ownedColumns());
        Set<String> known = inventory.stream().map(Dependent::key).collect(Collectors.toSet());
        return Stream.concat(
                        inventory.stream()
                                .filter(d -> d.effect() != DropEffect.UNNOTICED
                                        || DependentDrop.goes(InventoryGate.action(order.dispositions(), d))),
                        further.stream().filter(d -> !known.contains(d.key()) && isGivenUp(d.key())))
                .toList();
    }

    /** The guard goes on standing over what is left of the table. */
    private void releaseTriggers(RegisteredTable left) {
        List<Identifier> rowKey = table.rowKey().names();
        LegacyWatching.suspend(tx, left.id(), table.name()).resume(left);
        if (WalkedTable.guarded(left).isEmpty()) {
            table.guard().remove(tx);
            new ChangeWatch(left.id(), table.name()).disarm(tx);
            Recheck.in(tx).clear(left);
        } else {
            table.guard().install(tx, WalkedTable.guarded(left), rowKey);
        }
        if (left.binding() == Binding.ROW) {
            new RowKeyLock(left.id(), table.name()).install(tx, rowKey);
        }
    }

    private Set<String> givenUp(List<Dependent> inventory) {
        return inventory.stream()
                .filter(d -> DependentDrop.goes(InventoryGate.action(order.dispositions(), d)))
                .map(Dependent::key)
                .collect(Collectors.toSet());
    }

    /** Also what hangs on something that hangs on the plaintext: an index on a generated column. */
    private boolean isGivenUp(String key) {
        Disposition decided = order.dispositions().get(key);
        return decided != null && DependentDrop.goes(decided.action());
    }

    private void requireExpected(Set<String> expected) {
        Set<String> after = TableObjects.of(tx, table.name());
        if (!after.equals(expected)) {
            Set<String> missing = new TreeSet<>(expected);
            missing.removeAll(after);
            missing.removeIf(this::isGivenUp);
            Set<String> surplus = new TreeSet<>(after);
            surplus.removeAll(expected);
            if (missing.isEmpty() && surplus.isEmpty()) {
                return;
            }
            throw SealwayException.refused(
                    ("dropping the plaintext of %s would also change what the plan does not say: gone %s, there although given"
                                    + " up %s; nothing was dropped. Add their dispositions to the plan")
                            .formatted(table.name(), missing, surplus));
        }
    }

    /** Columns that are still verified were verified on a table that now has fewer columns. */
    private void rememberRest(RegisteredTable left, long runId) {
        List<Integer> changes = left.columns().stream()
                .filter(c -> c.phase() == ColumnPhase.VERIFIED || c.phase() == ColumnPhase.CUT_OVER)
                .map(c -> c.change())
                .distinct()
                .toList();
        if (!changes.isEmpty()) {
            String now = TableFingerprint.of(
                    tx,
                    Catalog.in(tx).table(table.live().oid()).orElseThrow(),
                    table.registered().ownedColumns(),
                    table.registered().ownedTexts());
            changes.forEach(change -> VerifiedTables.in(tx).remember(left, change, now, runId));
        }
    }
}
