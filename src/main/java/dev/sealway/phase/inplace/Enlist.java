package dev.sealway.phase.inplace;

import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.progress.Progress;
import java.util.List;

/**
 * What expand is for a table in place: the ledger knows its columns from now on. The table itself is not touched: there is
 * no second copy, hence nothing to add and no guard. Thread-safe.
 */
public final class Enlist {

    private final Database database;
    private final Progress progress;

    public Enlist(Database database, Progress progress) {
        this.database = database;
        this.progress = progress;
    }

    /** @return the columns that were not known before */
    public List<RegisteredColumn> run(RegisteredTable table, long runId) {
        List<RegisteredColumn> waiting = table.columns().stream()
                .filter(c -> c.phase() == ColumnPhase.REGISTERED)
                .toList();
        database.inTransaction(
                TransactionSettings.writing(), "registering columns of %s".formatted(table.name()), tx -> {
                    waiting.forEach(c -> Registry.in(tx).moveTo(c, ColumnPhase.EXPANDED, runId));
                    return null;
                });
        waiting.forEach(c -> progress.done("Registered column %s.%s".formatted(table.name(), c.plaintext())));
        return waiting;
    }
}
