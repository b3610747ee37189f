package dev.sealway.phase.tokens;

import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.error.SealwayException;
import dev.sealway.index.RotatedIndexes;
import dev.sealway.jdbc.ConcurrentIndex;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.Registry;
import dev.sealway.ledger.TokenRotations;
import java.util.List;

/**
 * Makes the new token the registered one, once every row has it. The old one stays, and keeps uniqueness together with
 * the new one until it is dropped. Thread-safe.
 */
public final class TokenSwitch {

    private final Database database;
    private final TokenFilling filling;

    public TokenSwitch(Database database, ShortLock shortLock, WalkSettings settings) {
        this.database = database;
        this.filling = new TokenFilling(database, shortLock, settings);
    }

    /**
     * @param table with one column, whose new token is being filled
     * @throws SealwayException if a row lacks the new token, or an index over it is not built
     */
    public void run(WalkedTable table, long runId) {
        filling.catchUp(table);
        database.inTransaction(
                TransactionSettings.writing().with("enable_seqscan", "off"),
                "switching the tokens of %s".formatted(table.name()),
                tx -> {
                    switchOver(tx, table, runId);
                    return null;
                });
    }

    private static void switchOver(Transaction tx, WalkedTable table, long runId) {
        WalkedColumn column = table.columns().get(0);
        table.tokenGuard().require(tx, WalkedTable.rotated(table.registered()));
        RotatedIndexes indexes = RotatedIndexes.of(tx, table.registered(), table.live(), column.registered());
        List<String> missing = indexes.all().stream()
                .filter(i -> !i.isBuilt(tx))
                .map(ConcurrentIndex::name)
                .map(n -> n.name())
                .toList();
        if (!missing.isEmpty()) {
            throw SealwayException.refused(
                    "the new tokens of %s.%s are without their indexes %s; run 'sealway keys tokens start' to its end first"
                            .formatted(table.name(), column.plaintext(), missing));
        }
        StillMissing.refuse(tx, table);
        RegisteredColumn registered = column.registered();
        TokenRotations.in(tx).switchOver(registered);
        if (registered.phase() == ColumnPhase.VERIFIED) {
            Registry.in(tx).moveTo(registered, ColumnPhase.BACKFILLED, runId);
        }
    }
}
