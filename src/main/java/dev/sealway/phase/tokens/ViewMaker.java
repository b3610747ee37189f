package dev.sealway.phase.tokens;

import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.RegisteredTable;

/** Makes the compatibility view of a table anew, in the transaction that changes the table. */
public interface ViewMaker {

    void make(Transaction tx, RegisteredTable table, LiveTable live);
}
