package dev.sealway.catalog.probe;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.crypto.CiphertextForm;
import dev.sealway.jdbc.Literal;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;

/** How long the longest value of a text column is that is not a ciphertext of Transit. */
public final class LongestPlaintext {

    private static final Sql LONGEST = Sql.of("""
            SELECT max(octet_length(convert_to(CAST({column} AS text), 'UTF8')))
              FROM {table}
             WHERE CAST({column} AS text) COLLATE "C" !~ {form}""");

    private LongestPlaintext() {}

    /** In bytes of UTF-8; 0 if there is none. */
    public static int bytes(Transaction tx, LiveTable table, LiveColumn column) {
        return (int) tx.number(LONGEST.with("column", column.name())
                .with("table", table.name())
                .with("form", new Literal(CiphertextForm.TRANSIT_PATTERN)));
    }
}
