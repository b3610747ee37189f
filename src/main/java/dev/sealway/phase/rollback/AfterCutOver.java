package dev.sealway.phase.rollback;

import dev.sealway.batch.CatchUp;
import dev.sealway.batch.FailedRow;
import dev.sealway.batch.TableTask;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.error.SealwayException;
import dev.sealway.index.RefillIndex;
import dev.sealway.jdbc.ConcurrentIndex;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.proof.ChangedRows;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The way back of columns that are cut over: their plaintext is filled from the ciphertexts, and is the authority again in
 * the transaction that removes them.
 *
 * <p>Applications go on writing the encrypted columns meanwhile: the guard nulls the plaintext that they leave behind, and it is
 * filled again, the last of it behind the lock. Killed at any moment it is run again, and goes on. Thread-safe.
 */
public final class AfterCutOver {

    private static final int ATTEMPTS = 5;
    private static final int MOST_ROUNDS = 2_000;
    private static final int NAMED_ROWS = 20;
    private static final Duration LOCKED_AT_MOST = Duration.ofSeconds(60);

    private final Database database;
    private final ShortLock shortLock;
    private final WalkSettings settings;

    public AfterCutOver(Database database, ShortLock shortLock, WalkSettings settings) {
        this.database = database;
        this.shortLock = shortLock;
        this.settings = settings;
    }

    /**
     * Fills every plaintext that only its ciphertext holds, beside the writers. Verify comes after it.
     *
     * @param table with the columns that are cut over
     */
    public void refill(WalkedTable table) {
        try (Session session = database.open()) {
            ConcurrentIndex index = RefillIndex.of(table);
            // one of another attempt may be about other columns
            index.remove(session);
            index.build(session);
            settings.progress().done("Built index %s".formatted(index.name()));
        }
        CatchUp.Result filled = new CatchUp(database, TableTask.refilling(table, "rollback"), settings).run();
        requireNone(table, filled.failures());
        settings.progress()
                .done("Filled %d rows of %s from their ciphertexts".formatted(filled.written(), table.name()));
    }

    /**
     * Once everything was verified after {@link #refill}.
     *
     * @param removal takes the encrypted columns away, in the transaction that fills the last rows
     */
    public void run(RefillOrder order, Consumer<Transaction> removal, long runId) {
        for (int attempt = 1; ; attempt++) {
            settle(order);
            try {
                behindTheLock(order, removal, runId);
                return;
            } catch (TooMuchToRefill e) {
                if (attempt >= ATTEMPTS) {
                    throw e;
                }
                settings.progress()
                        .notice("applications are busy on %s; catching up again before the lock"
                                .formatted(order.table().name()));
            }
        }
    }

    /** In turns, because filling a row changes it, and while changed rows are proven others are written. */
    private void settle(RefillOrder order) {
        CatchUp refill = new CatchUp(database, TableTask.refilling(order.table(), "rollback"), settings);
        ChangedRows changed = new ChangedRows(order.watched(), "nothing is removed");
        try (Session reads = database.open();
                Session writes = database.open()) {
            for (int round = 1; round <= MOST_ROUNDS; round++) {
                long pending = refill.onePass(reads, writes);
                int proven = changed.proveBatch(writes);
                if (proven < CatchUp.FEW && pending < CatchUp.FEW / 2) {
                    return;
                }
            }
        }
    }

    private void behindTheLock(RefillOrder order, Consumer<Transaction> removal, long runId) {
        WalkedTable table = order.table();
        TransactionSettings locked = TransactionSettings.writing()
                .guardMode("refill")
                .statementTimeout(LOCKED_AT_MOST)
                .with("enable_seqscan", "off");
        try (Session session = database.open()) {
            shortLock.run(session, table.name(), "rolling back %s".formatted(table.name()), locked, tx -> {
                new SwitchBack(tx, order, settings).run(removal, runId);
                return null;
            });
        }
        table.columns().stream().map(WalkedColumn::encrypted).forEach(c -> settings.progress()
                .done("Removed column %s.%s".formatted(table.name(), c)));
    }

    static void requireNone(WalkedTable table, List<FailedRow> failures) {
        if (!failures.isEmpty()) {
            throw SealwayException.refused(
                    "the plaintext of %d rows of %s cannot be filled from the ciphertext, so nothing is removed; correct them and run it again: %s"
                            .formatted(
                                    failures.size(),
                                    table.name(),
                                    failures.stream()
                                            .limit(NAMED_ROWS)
                                            .map(FailedRow::words)
                                            .collect(Collectors.joining("; "))));
        }
    }
}
