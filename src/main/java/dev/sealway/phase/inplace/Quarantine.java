package dev.sealway.phase.inplace;

import dev.sealway.batch.FailedRow;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.FailedRows;
import java.util.List;

/** The ledger's list of rows that look encrypted and do not decrypt. */
final class Quarantine {

    private final Database database;
    private final WalkedTable table;

    private Quarantine(Database database, WalkedTable table) {
        this.database = database;
        this.table = table;
    }

    static Quarantine of(Database database, WalkedTable table) {
        return new Quarantine(database, table);
    }

    /** What was listed for the column before is forgotten. */
    void replace(WalkedColumn column, List<FailedRow> failures) {
        database.inTransaction(
                TransactionSettings.writing(), "listing failed rows of %s".formatted(table.name()), tx -> {
                    FailedRows rows = FailedRows.in(tx);
                    rows.clear(column.registered());
                    failures.forEach(f -> rows.add(column.registered(), f.key(), f.reason()));
                    return null;
                });
    }
}
