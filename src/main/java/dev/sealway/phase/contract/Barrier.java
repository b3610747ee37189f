package dev.sealway.phase.contract;

import dev.sealway.batch.CatchUp;
import dev.sealway.batch.DirtyRows;
import dev.sealway.batch.Leftovers;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.inventory.Dependent;
import dev.sealway.error.SealwayException;
import dev.sealway.guard.ChangeWatch;
import dev.sealway.index.TokenIndexes;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.proof.ChangedRows;
import dev.sealway.takeover.VerifiedDefinition;
import java.util.List;

/**
 * All checks of contract once more, behind a lock that keeps everybody out, in the very transaction that drops the
 * plaintext.
 */
final class Barrier {

    private static final Sql LOCK = Sql.of("LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE");

    /** What was done behind the lock. */
    record Passed(List<Dependent> inventory, long leftovers, long rechecked) {}

    private final DropOrder order;
    private final WalkedTable table;
    private final WalkSettings settings;

    Barrier(DropOrder order, WalkSettings settings) {
        this.order = order;
        this.table = order.table();
        this.settings = settings;
    }

    /**
     * @throws TooMuchLeft if catching up outside the lock should be tried again
     * @throws SealwayException if a check fails
     */
    Passed pass(Transaction tx, TokenIndexes indexes) {
        tx.executeDefinition(LOCK.with("table", table.name()));
        table.guard().require(tx, table.guarded(), table.rowKey().names());
        requireWatch(tx);
        VerifiedDefinition.require(tx, table);
        List<Dependent> inventory = InventoryGate.require(tx, order, indexes);
        long leftovers = sealLeftovers(tx);
        long rechecked = proveChanged(tx);
        if (!DirtyRows.none(tx, table)) {
            throw SealwayException.refused(
                    ("rows of %s still hold plaintext that is not encrypted, although everything was sealed; does the plan's"
                                    + " 'where' leave them out? Nothing was dropped")
                            .formatted(table.name()));
        }
        return new Passed(inventory, leftovers, rechecked);
    }

    private void requireWatch(Transaction tx) {
        if (!new ChangeWatch(table.registered().id(), table.name()).isArmed(tx)) {
            throw SealwayException.refused(
                    ("the trigger that writes down changes of %s since verify is missing or disabled, so nobody knows which"
                                    + " rows to look at again; run 'sealway verify'")
                            .formatted(table.name()));
        }
    }

    private long sealLeftovers(Transaction tx) {
        long dirty = DirtyRows.count(tx, table, CatchUp.FEW + 1L);
        if (dirty == 0) {
            return 0;
        }
        if (dirty > CatchUp.FEW || table.isSealedAfar()) {
            throw TooMuchLeft.of(table, "not encrypted");
        }
        Leftovers.Result sealed = new Leftovers(table, settings).work(tx);
        FailureGate.requireNone(table, sealed.failures());
        return sealed.written();
    }

    /** The leftovers are among them: each was written, so each was written down. */
    private long proveChanged(Transaction tx) {
        ChangedRows changed = new ChangedRows(order.watched(), "nothing is dropped");
        if (order.watched().isSealedAfar() && !changed.isEmpty(tx)) {
            throw TooMuchLeft.of(order.watched(), "changed since verify");
        }
        int limit = 3 * CatchUp.FEW;
        int proven = changed.prove(tx, limit);
        if (proven == limit) {
            throw TooMuchLeft.of(table, "changed since verify");
        }
        return proven;
    }
}
