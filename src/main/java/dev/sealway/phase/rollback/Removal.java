package dev.sealway.phase.rollback;

import dev.sealway.batch.LegacyWatching;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.LiveTable;
import dev.sealway.error.SealwayException;
import dev.sealway.guard.ChangeWatch;
import dev.sealway.guard.Guard;
import dev.sealway.guard.TokenGuard;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.Recheck;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.ledger.SealedViews;
import java.util.List;
import java.util.Optional;

/** Removes columns from a table in one transaction, and leaves what the other columns need: guard, watch and view. */
final class Removal {

    private static final Sql DROP_VIEW = Sql.of("DROP VIEW IF EXISTS {view} RESTRICT");

    private final Transaction tx;
    private final LiveTable live;
    private final Rollback.ViewMaker viewMaker;

    /** @param tx holds a lock on the table that keeps everybody out */
    Removal(Transaction tx, LiveTable live, Rollback.ViewMaker viewMaker) {
        this.tx = tx;
        this.live = live;
        this.viewMaker = viewMaker;
    }

    void run(RegisteredTable table, List<RegisteredColumn> columns, List<Sql> statements) {
        Registry registry = Registry.in(tx);
        List<QualifiedName> views = SealedViews.in(tx).of(table);
        views.forEach(this::dropView);
        LegacyWatching watching = LegacyWatching.suspend(tx, table.id(), live.name());
        new Guard(table.id(), live.name()).remove(tx);
        new TokenGuard(table.id(), live.name()).remove(tx);
        statements.forEach(s -> drop(s, "an encrypted or search column of %s".formatted(live.name())));
        columns.forEach(registry::forget);
        RegisteredTable left = table.only(c -> !columns.contains(c));
        leaveGuarded(left);
        watching.resume(left);
        if (!views.isEmpty() && left.columns().stream().anyMatch(c -> c.phase() != ColumnPhase.REGISTERED)) {
            viewMaker.make(tx, left, Catalog.in(tx).table(live.oid()).orElseThrow());
        }
    }

    /** Columns that stay verified are still watched. */
    private void leaveGuarded(RegisteredTable left) {
        if (left.columns().stream().noneMatch(Removal::isWatched)) {
            new ChangeWatch(left.id(), live.name()).disarm(tx);
            Recheck.in(tx).clear(left);
        }
        if (!WalkedTable.guarded(left).isEmpty()) {
            Guard guard = new Guard(left.id(), live.name());
            guard.install(
                    tx, WalkedTable.guarded(left), WalkedTable.rowKeyOf(live).names());
        }
        new TokenGuard(left.id(), live.name()).install(tx, WalkedTable.rotated(left));
    }

    private static boolean isWatched(RegisteredColumn column) {
        return column.phase() == ColumnPhase.VERIFIED || column.phase() == ColumnPhase.CUT_OVER;
    }

    private void dropView(QualifiedName view) {
        drop(DROP_VIEW.with("view", view), "view %s".formatted(view));
        SealedViews.in(tx).forget(view);
    }

    private void drop(Sql statement, String what) {
        Optional<SqlFailure> failure = tx.tentatively(() -> tx.executeDefinition(statement));
        if (failure.isPresent() && failure.get().isDependedOn()) {
            throw SealwayException.refused(
                    "%s cannot be taken back, because objects that are not Sealway's read it; drop them first (psql: %s)"
                            .formatted(what, statement.sql()));
        }
        failure.ifPresent(f -> {
            throw f;
        });
    }
}
