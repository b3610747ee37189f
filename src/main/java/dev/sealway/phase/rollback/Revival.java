package dev.sealway.phase.rollback;

import dev.sealway.audit.AuditTrail;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.inventory.SavedDefinition;
import dev.sealway.error.SealwayException;
import dev.sealway.guard.Guard;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.Checkpoints;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.DefinitionStore;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.ledger.Work;
import dev.sealway.redefine.Redefinition;
import java.util.List;
import java.util.Map;

/** Puts dropped plaintext columns back, empty and under the guard that knows the ciphertexts as the authority. */
final class Revival {

    private final Transaction tx;
    private final RegisteredTable table;
    private final LiveTable live;

    Revival(Transaction tx, RegisteredTable table, LiveTable live) {
        this.tx = tx;
        this.table = table;
        this.live = live;
    }

    /** @param columns that are contracted */
    void run(List<RegisteredColumn> columns, long runId) {
        tx.executeDefinition(
                Sql.of("LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE").with("table", live.name()));
        tx.executeDefinition(Sql.of("SET CONSTRAINTS ALL IMMEDIATE"));
        Registry registry = Registry.in(tx);
        Redefinition redefinition = Redefinition.of(live.name(), live.kind() == 'p', definitions(columns));
        for (RegisteredColumn column : columns) {
            requireFree(column.plaintext());
            redefinition.column(column.plaintext()).forEach(tx::executeDefinition);
            registry.moveTo(column, ColumnPhase.REVERSING, runId);
            Checkpoints.in(tx).reset(table.id(), Work.REVERSE, column.change());
        }
        RegisteredTable now = registry.table(table.id()).orElseThrow();
        List<Identifier> rowKey = WalkedTable.rowKeyOf(live).names();
        Guard guard = new Guard(table.id(), live.name());
        guard.install(tx, WalkedTable.guarded(now), rowKey);
        guard.require(tx, WalkedTable.guarded(now), rowKey);
        AuditTrail.in(tx)
                .append(
                        runId,
                        "plaintext.coming_back",
                        Map.of(
                                "table",
                                live.name().toString(),
                                "columns",
                                columns.stream().map(c -> c.plaintext().name()).toList()));
    }

    private void requireFree(Identifier column) {
        if (live.column(column.name()).isPresent()) {
            throw SealwayException.refused(
                    "%s has another column named %s since the drop, where the plaintext would come back to; rename that one"
                            .formatted(live.name(), column));
        }
    }

    private List<SavedDefinition> definitions(List<RegisteredColumn> columns) {
        DefinitionStore store = DefinitionStore.in(tx);
        return store.dropsOf(table, columns).stream()
                .flatMap(run -> store.of(table, run).stream())
                .toList();
    }
}
