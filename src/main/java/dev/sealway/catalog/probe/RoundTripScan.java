package dev.sealway.catalog.probe;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads a whole column to see whether its values survive being turned into text and back, bit for bit.
 *
 * <p>For types that are not on the list of those that were tried. It says nothing about values that are yet to come.
 */
public final class RoundTripScan {

    private static final Sql LOST = Sql.of("""
            SELECT count(*)
              FROM {table}
             WHERE {column} IS DISTINCT FROM NULL
               AND NOT record_image_eq(
                     ROW({column}),
                     ROW(CAST(convert_from(convert_to(CAST({column} AS text), 'UTF8'), 'UTF8') AS {type})))
            """);

    private RoundTripScan() {}

    /** What is wrong, without a value; empty if every value survives. */
    public static Optional<String> fault(Transaction tx, LiveTable table, LiveColumn column) {
        Sql query =
                LOST.with("table", table.name()).with("column", column.name()).with("type", column.type());
        AtomicLong lost = new AtomicLong();
        Optional<SqlFailure> failure = tx.tentatively(() -> lost.set(tx.number(query)));
        if (failure.isPresent()) {
            return Optional.of("a value of type %s cannot be made again from its text (SQLSTATE %s)"
                    .formatted(column.type(), failure.get().sqlState()));
        }
        return lost.get() == 0
                ? Optional.empty()
                : Optional.of("%d values of type %s change when they are made again from their text"
                        .formatted(lost.get(), column.type()));
    }
}
