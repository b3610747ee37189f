package dev.sealway.phase.tokens;

import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedTable;
import dev.sealway.index.PendingTokenIndex;
import dev.sealway.index.RotatedIndexes;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredSearch;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.TokenRotations;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Ends a rotation: drops the old token's column after the switch, or the new one's before it.
 *
 * <p>One transaction under a lock that keeps everybody out, in which the rows that lack the token that stays are counted
 * again: none may be there. The indexes over new tokens then take the names of the old ones. Thread-safe.
 */
public final class TokenDrop {

    private static final int ATTEMPTS = 5;
    private static final Duration LOCKED_AT_MOST = Duration.ofSeconds(20);

    private static final Sql LOCK = Sql.of("LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE");
    private static final Sql DROP_INDEX = Sql.of("DROP INDEX IF EXISTS {index} RESTRICT");

    private final Database database;
    private final ShortLock shortLock;
    private final WalkSettings settings;
    private final ViewMaker views;

    public TokenDrop(Database database, ShortLock shortLock, WalkSettings settings, ViewMaker views) {
        this.database = database;
        this.shortLock = shortLock;
        this.settings = settings;
        this.views = views;
    }

    /**
     * Drops the old token.
     *
     * @param table with one column, which was switched
     */
    public void finish(WalkedTable table) {
        for (int attempt = 1; ; attempt++) {
            try {
                new TokenFilling(database, shortLock, settings).catchUp(table);
                locked(table, tx -> finish(tx, table));
                break;
            } catch (StillMissing e) {
                if (attempt >= ATTEMPTS) {
                    throw e;
                }
            }
        }
        settings.progress()
                .done("Dropped column %s.%s"
                        .formatted(table.name(), search(table).columns().get(0)));
    }

    /**
     * Drops the new token.
     *
     * @param table with one column, which was not switched
     */
    public void abandon(WalkedTable table) {
        locked(table, tx -> abandon(tx, table));
        settings.progress()
                .done("Dropped column %s.%s"
                        .formatted(table.name(), search(table).newest()));
    }

    private void locked(WalkedTable table, Consumer<Transaction> work) {
        TransactionSettings locking =
                TransactionSettings.writing().statementTimeout(LOCKED_AT_MOST).with("enable_seqscan", "off");
        try (Session session = database.open()) {
            shortLock.run(
                    session, table.name(), "dropping a token column of %s".formatted(table.name()), locking, tx -> {
                        tx.executeDefinition(LOCK.with("table", table.name()));
                        tx.executeDefinition(Sql.of("SET CONSTRAINTS ALL IMMEDIATE"));
                        work.accept(tx);
                        return null;
                    });
        }
    }

    private void finish(Transaction tx, WalkedTable table) {
        RegisteredColumn column = column(table);
        RotatedIndexes indexes = RotatedIndexes.of(tx, table.registered(), table.live(), column);
        table.tokenGuard().require(tx, WalkedTable.rotated(table.registered()));
        StillMissing.refuse(tx, table);
        indexes.pairs().forEach(p -> complete(tx, table, p));
        TokenRotations.in(tx).finish(column);
        Identifier older = search(table).columns().get(0);
        drop(tx, table, older, indexes.olderNames());
        indexes.pairs()
                .forEach(
                        p -> UniqueConstraint.rename(tx, table.name(), p.newer().name(), p.older()));
    }

    /** Every row has its new token now, so an index need not leave any out. */
    private static void complete(Transaction tx, WalkedTable table, RotatedIndexes.Pair pair) {
        pair.whole().ifPresent(whole -> {
            dropIndex(tx, table, whole.name());
            whole.buildIn(tx);
            if (pair.constraint()) {
                UniqueConstraint.make(tx, table.name(), whole.name(), pair.unique());
            }
        });
    }

    private void abandon(Transaction tx, WalkedTable table) {
        RegisteredColumn column = column(table);
        Set<String> names =
                RotatedIndexes.of(tx, table.registered(), table.live(), column).newerNames();
        TokenRotations.in(tx).abandon(column);
        drop(tx, table, search(table).newest(), names);
    }

    /** With the rotation ended in the ledger, so that guards and view are made for what is left. */
    private void drop(Transaction tx, WalkedTable table, Identifier column, Set<String> indexes) {
        Definitions definitions = new Definitions(tx, table.live(), views);
        boolean hadView = definitions.dropView(table.registered());
        dropIndex(tx, table, PendingTokenIndex.name(column(table)));
        Bystanders.refuse(tx, table, column, indexes);
        RegisteredTable now = definitions.guard(table.registered().id());
        definitions.dropColumn(column);
        definitions.makeView(now, hadView);
    }

    private static void dropIndex(Transaction tx, WalkedTable table, Identifier index) {
        tx.executeDefinition(
                DROP_INDEX.with("index", new QualifiedName(table.name().schema(), index)));
    }

    private static RegisteredColumn column(WalkedTable table) {
        return table.columns().get(0).registered();
    }

    private static RegisteredSearch search(WalkedTable table) {
        return column(table).search().orElseThrow();
    }
}
