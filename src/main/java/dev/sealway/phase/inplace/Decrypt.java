package dev.sealway.phase.inplace;

import dev.sealway.batch.CatchUp;
import dev.sealway.batch.FailedRow;
import dev.sealway.batch.RowCount;
import dev.sealway.batch.TableTask;
import dev.sealway.batch.TableWalk;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Checkpoint;
import dev.sealway.ledger.Checkpoints;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.Registry;
import dev.sealway.ledger.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The way back of a table in place: the same engine decrypts over the ciphertexts, and the ledger forgets the columns once a
 * fresh look finds no ciphertext.
 *
 * <p>Every row is decrypted, whatever the plan's {@code where} says now. It may be killed and continues; rows that
 * applications change meanwhile are left to them and caught up with. A row that does not decrypt stays as it is, and then
 * nothing is forgotten. The table's definition is not touched. Thread-safe.
 */
public final class Decrypt {

    private static final int NAMED_ROWS = 20;

    private final Database database;
    private final WalkSettings settings;

    public Decrypt(Database database, WalkSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /**
     * @param foreign whether ciphertexts may be there although no backfill has begun: then they are others', and stay
     * @return how many rows were written in this run
     * @throws SealwayException if a row does not decrypt, or applications write ciphertexts all the time
     */
    public long run(WalkedTable table, boolean foreign, long runId) {
        distrust(table, runId);
        long written = 0;
        for (WalkedTable change : table.everywhere().byChange()) {
            if (!foreign || hasBegun(change)) {
                written += reverse(change);
            }
        }
        forget(table);
        settings.progress().done("Decrypted %d rows of %s".formatted(written, table.name()));
        return written;
    }

    private boolean hasBegun(WalkedTable change) {
        return database.inTransaction(
                TransactionSettings.reading(),
                "looking for a backfill of %s that has begun".formatted(change.name()),
                tx -> !FirstLook.isDue(
                        tx,
                        change.registered(),
                        change.columns().get(0).registered().change()));
    }

    private void distrust(WalkedTable table, long runId) {
        database.inTransaction(
                TransactionSettings.writing(), "beginning the way back of %s".formatted(table.name()), tx -> {
                    Registry registry = Registry.in(tx);
                    table.columns().stream()
                            .map(WalkedColumn::registered)
                            .filter(c -> c.phase() != ColumnPhase.EXPANDED && c.phase() != ColumnPhase.REGISTERED)
                            .forEach(c -> registry.moveTo(c, ColumnPhase.EXPANDED, runId));
                    return null;
                });
    }

    private long reverse(WalkedTable table) {
        int change = table.columns().get(0).registered().change();
        TableTask task = TableTask.reversing(table);
        TableWalk.Result walk = new TableWalk(database, task, settings)
                .toTheEnd(Checkpoint.wholeTable(table.registered().id(), Work.REVERSE, change, rows(table)));
        CatchUp.Result caughtUp = new CatchUp(database, task, settings).run();
        for (WalkedColumn column : table.columns()) {
            Quarantine.of(database, table)
                    .replace(
                            column,
                            caughtUp.failures().stream()
                                    .filter(f -> f.column().equals(column.plaintext()))
                                    .toList());
        }
        requireNone(table, caughtUp);
        return walk.written() + caughtUp.written();
    }

    private static void requireNone(WalkedTable table, CatchUp.Result caughtUp) {
        if (!caughtUp.failures().isEmpty()) {
            throw SealwayException.failed(
                    ("%d rows of %s do not decrypt or cannot be written, and stay as they are; the others are decrypted, and the"
                                    + " ledger keeps the columns. sealway.failed_row lists them: %s. Correct these rows, then run"
                                    + " 'sealway rollback' again")
                            .formatted(
                                    caughtUp.dirty(),
                                    table.name(),
                                    caughtUp.failures().stream()
                                            .limit(NAMED_ROWS)
                                            .map(FailedRow::words)
                                            .collect(Collectors.joining("; "))));
        }
    }

    private long rows(WalkedTable table) {
        try (Session session = database.open()) {
            return RowCount.of(session, table.live());
        }
    }

    private void forget(WalkedTable table) {
        List<Integer> changes = new ArrayList<>(table.columns().stream()
                .map(c -> c.registered().change())
                .distinct()
                .toList());
        database.inTransaction(
                TransactionSettings.writing(), "forgetting columns of %s".formatted(table.name()), tx -> {
                    Registry registry = Registry.in(tx);
                    changes.forEach(
                            c -> Checkpoints.in(tx).reset(table.registered().id(), Work.REVERSE, c));
                    table.columns().forEach(c -> registry.forget(c.registered()));
                    return null;
                });
    }
}
