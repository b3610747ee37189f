package dev.sealway.phase.tokens;

import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.LiveTable;
import dev.sealway.error.SealwayException;
import dev.sealway.guard.Guard;
import dev.sealway.guard.GuardedColumn;
import dev.sealway.guard.RotatedToken;
import dev.sealway.guard.TokenGuard;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.ledger.SealedViews;
import java.util.List;
import java.util.Optional;

/** What a table's definition needs whenever a token column comes or goes, in the transaction in which it does. */
final class Definitions {

    private static final Sql DROP_VIEW = Sql.of("DROP VIEW IF EXISTS {view} RESTRICT");
    private static final Sql DROP_COLUMN = Sql.of("ALTER TABLE {table} DROP COLUMN {column} RESTRICT");

    private final Transaction tx;
    private final LiveTable live;
    private final ViewMaker views;

    Definitions(Transaction tx, LiveTable live, ViewMaker views) {
        this.tx = tx;
        this.live = live;
        this.views = views;
    }

    /** Puts both guards over what is registered now. */
    RegisteredTable guard(long tableId) {
        RegisteredTable now = Registry.in(tx).table(tableId).orElseThrow();
        List<Identifier> rowKey = WalkedTable.rowKeyOf(live).names();
        List<GuardedColumn> guarded = WalkedTable.guarded(now);
        if (!guarded.isEmpty()) {
            Guard guard = new Guard(tableId, live.name());
            guard.install(tx, guarded, rowKey);
            guard.require(tx, guarded, rowKey);
        }
        List<RotatedToken> rotated = WalkedTable.rotated(now);
        TokenGuard tokens = new TokenGuard(tableId, live.name());
        tokens.install(tx, rotated);
        tokens.require(tx, rotated);
        return now;
    }

    /** A compatibility view, where there is one, shows the columns that are there now. */
    void makeView(RegisteredTable now, boolean wasThere) {
        if (wasThere) {
            views.make(tx, now, Catalog.in(tx).table(live.oid()).orElseThrow());
        }
    }

    /** @return whether there was one */
    boolean dropView(RegisteredTable table) {
        List<QualifiedName> ours = SealedViews.in(tx).of(table);
        ours.forEach(view -> drop(DROP_VIEW.with("view", view), "view %s".formatted(view)));
        return !ours.isEmpty();
    }

    void dropColumn(Identifier column) {
        drop(
                DROP_COLUMN.with("table", live.name()).with("column", column),
                "column %s.%s".formatted(live.name(), column));
    }

    private void drop(Sql statement, String what) {
        Optional<SqlFailure> failure = tx.tentatively(() -> tx.executeDefinition(statement));
        if (failure.isPresent() && failure.get().isDependedOn()) {
            throw SealwayException.refused(
                    "%s cannot be dropped, because objects that are not Sealway's read it; drop them first (psql: %s)"
                            .formatted(what, statement.sql()));
        }
        failure.ifPresent(f -> {
            throw f;
        });
    }
}
