package dev.sealway.phase.inplace;

import dev.sealway.batch.FailedRow;
import dev.sealway.batch.TableLook;
import dev.sealway.batch.TableTask;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.probe.CiphertextLookalikes;
import dev.sealway.catalog.probe.Offenders;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Checkpoints;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Looks at every value that could be taken for a ciphertext, before the first one is written: what has the form and does not
 * decrypt may be a user's text, and nobody could tell afterwards. Thread-safe.
 */
public final class FirstLook {

    private static final int NAMED_ROWS = 20;

    private final Database database;
    private final WalkSettings settings;

    public FirstLook(Database database, WalkSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /** Whether no backfill of the change has begun. */
    public static boolean isDue(Transaction tx, RegisteredTable table, int change) {
        return Checkpoints.in(tx).of(table.id(), Work.BACKFILL, change).isEmpty();
    }

    /**
     * @param table with the columns of one change; those that were backfilled before are passed over
     * @param acceptEncrypted whether ciphertexts may be there already
     * @throws SealwayException if a value looks like a ciphertext and may not be one
     */
    public void run(WalkedTable table, boolean acceptEncrypted) {
        List<WalkedColumn> fresh = table.columns().stream()
                .filter(c -> !c.registered().phase().isAtLeast(ColumnPhase.BACKFILLED))
                .toList();
        if (acceptEncrypted) {
            requireDecryptable(table.everywhere(), fresh);
        } else {
            requireNoLookalikes(table, fresh);
        }
    }

    private void requireNoLookalikes(WalkedTable table, List<WalkedColumn> columns) {
        List<String> found = database.inTransaction(
                TransactionSettings.reading(),
                "looking for ciphertexts in %s".formatted(table.name()),
                tx -> columns.stream()
                        .flatMap(c -> lookalikes(tx, table, c).stream())
                        .toList());
        if (!found.isEmpty()) {
            throw SealwayException.refused(
                    ("values of %s begin with vault:v, as if they were encrypted already: %s. Nothing was written. If they are"
                                    + " encrypted, say already-encrypted: accept for the table, and each is decrypted before the"
                                    + " first write; if not, correct these rows")
                            .formatted(table.name(), String.join("; ", found)));
        }
    }

    private static List<String> lookalikes(Transaction tx, WalkedTable table, WalkedColumn column) {
        Offenders found =
                CiphertextLookalikes.of(tx, table.live(), WalkedTable.liveColumn(table.live(), column.plaintext()));
        return found.isEmpty()
                ? List.of()
                : List.of("%d in column %s (%s)"
                        .formatted(found.count(), column.plaintext(), String.join("; ", found.rowKeys())));
    }

    private void requireDecryptable(WalkedTable table, List<WalkedColumn> columns) {
        long ambiguous = 0;
        List<FailedRow> named = new ArrayList<>();
        for (WalkedColumn column : columns) {
            TableLook.Seen seen = new TableLook(
                            database, TableTask.reversing(table.only(column), "first look"), settings)
                    .run(Math.max(0, table.live().estimatedRows()), TableLook.Listener.NONE);
            Quarantine.of(database, table).replace(column, seen.failures());
            ambiguous += seen.failed();
            named.addAll(seen.failures());
        }
        if (ambiguous > 0) {
            throw SealwayException.failed(
                    ("%d values of %s have the form of a ciphertext and do not decrypt under this key: texts of users, or"
                                    + " ciphertexts of another key or place. Nothing was written; sealway.failed_row lists them:"
                                    + " %s. Correct these rows, then run 'sealway backfill' again")
                            .formatted(
                                    ambiguous,
                                    table.name(),
                                    named.stream()
                                            .limit(NAMED_ROWS)
                                            .map(FailedRow::words)
                                            .collect(Collectors.joining("; "))));
        }
    }
}
