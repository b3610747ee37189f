package dev.sealway.phase.cutover;

import dev.sealway.audit.AuditTrail;
import dev.sealway.batch.LegacyWatching;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.inventory.CarriedUnique;
import dev.sealway.catalog.inventory.Dependent;
import dev.sealway.catalog.inventory.SavedDefinition;
import dev.sealway.catalog.inventory.SavedDefinitions;
import dev.sealway.error.SealwayException;
import dev.sealway.guard.GuardedColumn;
import dev.sealway.guard.RowKeyLock;
import dev.sealway.index.TokenIndexes;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.DefinitionStore;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.ledger.VerifiedTables;
import dev.sealway.plan.Binding;
import dev.sealway.takeover.Fence;
import dev.sealway.takeover.UniqueTakeOver;
import dev.sealway.takeover.VerifiedDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The exchange itself, in one transaction behind a lock: constraints go over, the plaintext may be null, the guard takes the
 * ciphertext for the authority, and the columns are cut over. No row is read or written.
 */
final class Exchange {

    private static final Set<String> SAVED =
            Set.of(SavedDefinition.TABLE, "default", "not null", "constraint", "index");

    private static final Sql LOCK = Sql.of("LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE");
    private static final Sql DROP_NOT_NULL = Sql.of("ALTER TABLE {table} ALTER COLUMN {column} DROP NOT NULL");
    private static final Sql DROP_DEFAULT = Sql.of("ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT");
    private static final Sql DROP_CONSTRAINT = Sql.of("ALTER TABLE {table} DROP CONSTRAINT {name} RESTRICT");
    private static final Sql DROP_INDEX = Sql.of("DROP INDEX {index} RESTRICT");

    private final Transaction tx;
    private final CutOverOrder order;
    private final WalkedTable table;
    private final TokenIndexes indexes;

    Exchange(Transaction tx, CutOverOrder order, TokenIndexes indexes) {
        this.tx = tx;
        this.order = order;
        this.table = order.table();
        this.indexes = indexes;
    }

    void run(long runId) {
        tx.executeDefinition(LOCK.with("table", table.name()));
        List<Identifier> rowKey = table.rowKey().names();
        table.guard().require(tx, table.guarded(), rowKey);
        VerifiedDefinition.require(tx, table);
        Readers.require(tx, order, indexes);
        table.columns().forEach(this::requireFence);
        saveDefinitions(runId);
        // a deferred constraint trigger with work to do would make every ALTER TABLE fail
        tx.executeDefinition(Sql.of("SET CONSTRAINTS ALL IMMEDIATE"));
        new UniqueTakeOver(tx, table, indexes).run();
        nullsNotDistinct().forEach(this::dropUnique);
        table.columns().forEach(this::release);
        LegacyWatching watching = LegacyWatching.suspend(tx, table.registered().id(), table.name());
        Registry registry = Registry.in(tx);
        table.columns().forEach(c -> registry.moveTo(c.registered(), ColumnPhase.CUT_OVER, runId));
        RegisteredTable now = registry.table(table.registered().id()).orElseThrow();
        List<GuardedColumn> guarded = WalkedTable.guarded(now);
        table.guard().install(tx, guarded, rowKey);
        table.guard().require(tx, guarded, rowKey);
        watching.resume(now);
        if (now.binding() == Binding.ROW) {
            new RowKeyLock(now.id(), table.name()).install(tx, rowKey);
        }
        rememberDefinition(now, runId);
        AuditTrail.in(tx)
                .append(
                        runId,
                        "table.cut_over",
                        Map.of(
                                "table",
                                table.name().toString(),
                                "columns",
                                table.columns().stream()
                                        .map(c -> c.plaintext().name())
                                        .toList(),
                                "soak",
                                order.soak().toString()));
    }

    /** What was verified stays verified: only what is written here changed. */
    private void rememberDefinition(RegisteredTable now, long runId) {
        String fingerprint = VerifiedDefinition.fingerprint(
                tx, Catalog.in(tx).table(table.live().oid()).orElseThrow(), table.registered());
        now.columns().stream()
                .filter(c -> c.phase() == ColumnPhase.VERIFIED || c.phase() == ColumnPhase.CUT_OVER)
                .map(c -> c.change())
                .distinct()
                .forEach(change -> VerifiedTables.in(tx).remember(now, change, fingerprint, runId));
    }

    private void requireFence(WalkedColumn column) {
        if (!Fence.of(table, column).isValid(tx)) {
            throw SealwayException.refused(
                    "constraint %s of %s is not there or not validated any more; who dropped it? Run this again"
                            .formatted(Fence.of(table, column).name(), table.name()));
        }
    }

    private void saveDefinitions(long runId) {
        List<Identifier> columns =
                table.columns().stream().map(WalkedColumn::plaintext).toList();
        List<Dependent> given =
                nullsNotDistinct().stream().map(CarriedUnique::replaced).toList();
        List<SavedDefinition> saved = SavedDefinitions.of(tx, table.live(), columns, given).stream()
                .filter(d -> SAVED.contains(d.kind()))
                .toList();
        DefinitionStore.in(tx).save(table.registered(), runId, saved);
    }

    /** Such a constraint takes one NULL only, and the plaintext of every row that is written from here on will be null. */
    private List<CarriedUnique> nullsNotDistinct() {
        return indexes.carried().stream()
                .filter(u -> u.rules().nullsNotDistinct())
                .toList();
    }

    private void dropUnique(CarriedUnique unique) {
        tx.executeDefinition(
                unique.constraint()
                        ? DROP_CONSTRAINT
                                .with("table", table.name())
                                .with("name", Identifier.of(unique.replaced().name()))
                        : DROP_INDEX.with(
                                "index", new QualifiedName(table.name().schema(), unique.index())));
    }

    private void release(WalkedColumn column) {
        Fence.of(table, column).handOver(tx);
        tx.executeDefinition(DROP_NOT_NULL.with("table", table.name()).with("column", column.plaintext()));
        tx.executeDefinition(DROP_DEFAULT.with("table", table.name()).with("column", column.plaintext()));
    }
}
