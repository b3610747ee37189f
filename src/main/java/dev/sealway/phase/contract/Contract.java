package dev.sealway.phase.contract;

import dev.sealway.batch.CatchUp;
import dev.sealway.batch.DirtyRows;
import dev.sealway.batch.Statistics;
import dev.sealway.batch.TableTask;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.error.SealwayException;
import dev.sealway.index.DuplicateTokens;
import dev.sealway.index.TokenIndexes;
import dev.sealway.jdbc.ConcurrentIndex;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import java.time.Duration;

/**
 * Drops the plaintext of a table.
 *
 * <p>Everything that takes time happens before the lock: catching up, the full UNIQUE indexes, proving the rows that
 * changed since verify. Behind the lock every check is made again, and the drop is in the same transaction: whatever
 * fails, nothing has changed. Thread-safe.
 */
public final class Contract {

    private static final int ATTEMPTS = 5;

    /** Nothing at all may be left then, for which it takes a moment without a writer. */
    private static final int ATTEMPTS_AFAR = 20;

    private static final Duration LOCKED_AT_MOST = Duration.ofSeconds(20);

    private final Database database;
    private final ShortLock shortLock;
    private final WalkSettings settings;

    public Contract(Database database, ShortLock shortLock, WalkSettings settings) {
        this.database = database;
        this.shortLock = shortLock;
        this.settings = settings;
    }

    /**
     * Looks at what can be looked at without a lock: that everything is decided about.
     *
     * @throws SealwayException if it is not
     */
    public void look(DropOrder order) {
        order.table().registered().refuseInPlace("sealway contract");
        database.inTransaction(
                TransactionSettings.reading(),
                "taking the inventory of %s".formatted(order.table().name()),
                tx -> InventoryGate.require(tx, order, TokenIndexes.of(tx, order.table())));
    }

    public ContractReport.Table run(DropOrder order, long runId) {
        look(order);
        int attempts = order.watched().isSealedAfar() ? ATTEMPTS_AFAR : ATTEMPTS;
        for (int attempt = 1; ; attempt++) {
            try (Session session = database.open()) {
                TokenIndexes indexes = prepare(session, order);
                long rechecked = new Settling(database, order, settings).run();
                settings.progress()
                        .done("Proved %d changed rows of %s"
                                .formatted(rechecked, order.table().name()));
                ContractReport.Table dropped = drop(session, order, indexes, runId, rechecked);
                Statistics.renew(session, order.table(), settings);
                return dropped;
            } catch (TooMuchLeft e) {
                if (attempt >= attempts) {
                    throw e;
                }
                settings.progress()
                        .notice("applications are busy on %s; catching up again before the lock"
                                .formatted(order.table().name()));
            }
        }
    }

    private TokenIndexes prepare(Session session, DropOrder order) {
        WalkedTable table = order.table();
        catchUp(table);
        session.inTransaction(
                TransactionSettings.reading().with("enable_seqscan", "off"),
                "counting dirty rows of %s".formatted(table.name()),
                tx -> {
                    requireNoneOutside(tx, table);
                    return null;
                });
        TokenIndexes indexes =
                session.inTransaction(TransactionSettings.reading(), "looking for uniqueness to carry", tx -> {
                    TokenIndexes found = TokenIndexes.of(tx, table);
                    found.carried().forEach(u -> DuplicateTokens.refuse(tx, table, found, u));
                    return found;
                });
        for (ConcurrentIndex index : indexes.whenPlaintextGoes()) {
            if (index.build(session)) {
                settings.progress().done("Built index %s".formatted(index.name()));
            }
        }
        return indexes;
    }

    /** Each change has an index on its own dirty rows; there is none on those of several. */
    private void catchUp(WalkedTable table) {
        for (WalkedTable change : table.byChange()) {
            CatchUp.Result caughtUp = new CatchUp(database, TableTask.sealing(change), settings).run();
            FailureGate.requireNone(table, caughtUp.failures());
        }
    }

    /** No catching up ever reaches them. */
    private static void requireNoneOutside(Transaction tx, WalkedTable table) {
        long outside = DirtyRows.countOutside(tx, table, 10_000);
        if (outside > 0) {
            throw SealwayException.refused(
                    ("%d rows of %s (counted up to 10000) hold plaintext that is not encrypted, because the plan's 'where' leaves"
                                    + " them out; nothing was dropped. Take the 'where' away and run 'sealway backfill' and"
                                    + " 'sealway verify', or empty these rows")
                            .formatted(outside, table.name()));
        }
    }

    private ContractReport.Table drop(
            Session session, DropOrder order, TokenIndexes indexes, long runId, long rechecked) {
        WalkedTable table = order.table();
        TransactionSettings barrier = TransactionSettings.writing()
                .guardMode("backfill")
                .statementTimeout(LOCKED_AT_MOST)
                // statistics from before the walk say that most rows are dirty, and a look for them reads them all
                .with("enable_seqscan", "off");
        return shortLock.run(
                session, table.name(), "dropping the plaintext of %s".formatted(table.name()), barrier, tx -> {
                    Barrier.Passed passed = new Barrier(order, settings).pass(tx, indexes);
                    new PlaintextDrop(tx, order, indexes).run(passed.inventory(), runId);
                    long millis = tx.number(
                            Sql.of(
                                    "SELECT pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - pg_catalog.now()) * 1000"));
                    return new ContractReport.Table(
                            table.live().tableName(),
                            table.columns().stream()
                                    .map(WalkedColumn::plaintext)
                                    .map(c -> c.name())
                                    .toList(),
                            passed.leftovers(),
                            rechecked + passed.rechecked(),
                            millis);
                });
    }
}
