package dev.sealway.phase.cutover;

import dev.sealway.batch.CatchUp;
import dev.sealway.batch.DirtyRows;
import dev.sealway.batch.FailedRow;
import dev.sealway.batch.TableTask;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.inventory.CarriedUnique;
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
import dev.sealway.takeover.Fence;
import dev.sealway.takeover.VerifiedDefinition;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Makes the encrypted columns of a table authoritative, while the plaintext is still there for the way back.
 *
 * <p>In steps, each of which locks the table for a moment or not at all: rows are caught up with, a fence is put up behind
 * which no row becomes dirty any more, the last ones are sealed, the fence is validated and full UNIQUE indexes are built
 * beside the writers, and then everything changes hands in one transaction. Killed at any step it is run again, and goes on. Thread-safe.
 */
public final class CutOver {

    private static final Duration LOCKED_AT_MOST = Duration.ofSeconds(20);
    private static final int NAMED_ROWS = 20;

    private final Database database;
    private final ShortLock shortLock;
    private final WalkSettings settings;

    public CutOver(Database database, ShortLock shortLock, WalkSettings settings) {
        this.database = database;
        this.shortLock = shortLock;
        this.settings = settings;
    }

    /**
     * Looks at what can be looked at without a lock.
     *
     * @throws SealwayException if a gate is shut
     */
    public void rehearse(CutOverOrder order) {
        WalkedTable table = order.table();
        table.registered().refuseInPlace("sealway cutover");
        database.inTransaction(
                TransactionSettings.reading().with("enable_seqscan", "off"),
                "looking at the gates of cut over for %s".formatted(table.name()),
                tx -> {
                    Readers.require(tx, order, TokenIndexes.of(tx, table));
                    table.guard().require(tx, table.guarded(), table.rowKey().names());
                    VerifiedDefinition.require(tx, table);
                    SoakGate.require(tx, order);
                    requireNoneOutside(tx, table);
                    return null;
                });
    }

    public CutOverReport.Table run(CutOverOrder order, long runId) {
        rehearse(order);
        WalkedTable table = order.table();
        try (Session session = database.open()) {
            long caughtUp = catchUp(table);
            TokenIndexes indexes = session.inTransaction(
                    TransactionSettings.reading(), "looking for uniqueness to carry", tx -> TokenIndexes.of(tx, table));
            refuseDuplicates(session, table, indexes);
            eachFence(session, order, "putting up the fences of %s", tx -> {
                // from the fences on writers are turned away, and nothing but the exchange or a rollback ends that
                VerifiedDefinition.require(tx, table);
                SoakGate.require(tx, order);
                fences(table).forEach(f -> f.putUp(tx));
            });
            settings.progress().done("Put up the fences of %s".formatted(table.name()));
            caughtUp += catchUp(table);
            for (Fence fence : fences(table)) {
                eachFence(session, order, "validating the fences of %s", fence::validate);
            }
            settings.progress().done("Validated the fences of %s".formatted(table.name()));
            buildIndexes(session, indexes);
            return exchange(session, order, indexes, runId, caughtUp);
        }
    }

    private static List<Fence> fences(WalkedTable table) {
        return table.columns().stream().map(c -> Fence.of(table, c)).toList();
    }

    private void eachFence(Session session, CutOverOrder order, String doing, Consumer<Transaction> step) {
        WalkedTable table = order.table();
        shortLock.run(session, table.name(), doing.formatted(table.name()), TransactionSettings.writing(), tx -> {
            step.accept(tx);
            return null;
        });
    }

    /** Each change has an index on its own dirty rows; there is none on those of several. */
    private long catchUp(WalkedTable table) {
        long written = 0;
        for (WalkedTable change : table.byChange()) {
            CatchUp.Result caughtUp = new CatchUp(database, TableTask.sealing(change), settings).run();
            requireNone(table, caughtUp.failures());
            written += caughtUp.written();
        }
        return written;
    }

    private static void requireNone(WalkedTable table, List<FailedRow> failures) {
        if (!failures.isEmpty()) {
            throw SealwayException.refused(
                    "%d rows of %s cannot be encrypted, so it is not cut over; correct them and run it again: %s"
                            .formatted(
                                    failures.size(),
                                    table.name(),
                                    failures.stream()
                                            .limit(NAMED_ROWS)
                                            .map(FailedRow::words)
                                            .collect(Collectors.joining("; "))));
        }
    }

    /** No catching up ever reaches them. */
    private static void requireNoneOutside(Transaction tx, WalkedTable table) {
        long outside = table.where().isEmpty() ? 0 : DirtyRows.countOutside(tx, table, 10_000);
        if (outside > 0) {
            throw SealwayException.refused(
                    ("%d rows of %s (counted up to 10000) hold plaintext that is not encrypted, because the plan's 'where' leaves"
                                    + " them out, so it cannot be cut over. Take the 'where' away and run 'sealway backfill' and"
                                    + " 'sealway verify', or empty these rows")
                            .formatted(outside, table.name()));
        }
    }

    private static void refuseDuplicates(Session session, WalkedTable table, TokenIndexes indexes) {
        session.inTransaction(TransactionSettings.reading(), "looking for colliding tokens", tx -> {
            indexes.carried().forEach(u -> DuplicateTokens.refuse(tx, table, indexes, u));
            return null;
        });
    }

    /** Behind the fence every row has its token, so even where one NULL alone is allowed, nothing is refused wrongly. */
    private void buildIndexes(Session session, TokenIndexes indexes) {
        for (CarriedUnique unique : indexes.carried()) {
            ConcurrentIndex index = indexes.full(unique);
            if (index.build(session)) {
                settings.progress().done("Built index %s".formatted(index.name()));
            }
        }
    }

    private CutOverReport.Table exchange(
            Session session, CutOverOrder order, TokenIndexes indexes, long runId, long caughtUp) {
        WalkedTable table = order.table();
        TransactionSettings settingsThen = TransactionSettings.writing().statementTimeout(LOCKED_AT_MOST);
        long millis =
                shortLock.run(session, table.name(), "cutting over %s".formatted(table.name()), settingsThen, tx -> {
                    new Exchange(tx, order, indexes).run(runId);
                    return tx.number(
                            Sql.of(
                                    "SELECT pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - pg_catalog.now()) * 1000"));
                });
        List<String> columns = table.columns().stream()
                .map(WalkedColumn::plaintext)
                .map(c -> c.name())
                .toList();
        columns.forEach(c -> settings.progress().done("Cut over column %s.%s".formatted(table.name(), c)));
        return new CutOverReport.Table(table.live().tableName(), columns, caughtUp, millis);
    }
}
