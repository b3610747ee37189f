package dev.sealway.phase.tokens;

import dev.sealway.batch.CatchUp;
import dev.sealway.batch.FailedRow;
import dev.sealway.batch.RowCount;
import dev.sealway.batch.TableTask;
import dev.sealway.batch.TableWalk;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.index.DuplicateTokens;
import dev.sealway.index.PendingTokenIndex;
import dev.sealway.index.RotatedIndexes;
import dev.sealway.jdbc.ConcurrentIndex;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Checkpoint;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills new token columns: walks the table once, builds the indexes, then catches up with what applications wrote that
 * know only the old token. Running it again continues. Thread-safe.
 */
public final class TokenFilling {

    private final Database database;
    private final ShortLock shortLock;
    private final WalkSettings settings;

    public TokenFilling(Database database, ShortLock shortLock, WalkSettings settings) {
        this.database = database;
        this.shortLock = shortLock;
        this.settings = settings;
    }

    /**
     * @param table with all columns of the change whose new token is being filled
     * @return rows whose token could not be made
     */
    public List<FailedRow> run(WalkedTable table, int change) {
        WalkedTable all = table.everywhere();
        new TableWalk(database, TableTask.retokening(all), settings)
                .toTheEnd(Checkpoint.wholeTable(all.registered().id(), Work.RETOKEN, change, rows(all)));
        List<FailedRow> failures = new ArrayList<>();
        for (WalkedColumn column : all.columns()) {
            buildIndexes(all, column.registered());
            failures.addAll(catchUp(all.only(column)));
        }
        return failures;
    }

    private long rows(WalkedTable table) {
        try (Session session = database.open()) {
            return RowCount.of(session, table.live());
        }
    }

    /** @param table with one column */
    List<FailedRow> catchUp(WalkedTable table) {
        return new CatchUp(database, TableTask.retokening(table.everywhere()), settings)
                .run()
                .failures();
    }

    private void buildIndexes(WalkedTable table, RegisteredColumn column) {
        try (Session session = database.open()) {
            build(session, PendingTokenIndex.of(table, column));
            RotatedIndexes indexes =
                    session.inTransaction(TransactionSettings.reading(), "looking for colliding tokens", tx -> {
                        RotatedIndexes found = RotatedIndexes.of(tx, table.registered(), table.live(), column);
                        found.pairs()
                                .forEach(p -> DuplicateTokens.refuse(
                                        tx,
                                        table,
                                        List.of(column.search().orElseThrow().newest()),
                                        p.unique()));
                        return found;
                    });
            indexes.all().forEach(i -> build(session, i));
            indexes.pairs().stream()
                    .filter(p -> p.constraint() && p.whole().isEmpty())
                    .forEach(p -> constrain(session, table, p));
        }
    }

    private void build(Session session, ConcurrentIndex index) {
        if (index.build(session)) {
            settings.progress().done("Built index %s".formatted(index.name()));
        }
    }

    /** At once: what the old constraint defers, the new one must not refuse before. */
    private void constrain(Session session, WalkedTable table, RotatedIndexes.Pair pair) {
        shortLock.run(
                session,
                table.name(),
                "making index %s a constraint".formatted(pair.newer().name()),
                TransactionSettings.writing(),
                tx -> {
                    UniqueConstraint.make(tx, table.name(), pair.newer().name(), pair.unique());
                    return null;
                });
    }
}
