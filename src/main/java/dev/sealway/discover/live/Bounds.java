package dev.sealway.discover.live;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.TransactionSettings;
import java.time.Duration;

/**
 * How much is read of a table.
 *
 * @param rows of its sample, at most
 * @param timeout of each statement; a table that takes longer is judged by its names alone
 */
public record Bounds(int rows, Duration timeout) {

    public static final Bounds USUAL = new Bounds(1_000, Duration.ofSeconds(10));

    private static final int MOST_ROWS = 100_000;
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);

    /** Of all values of one table, in characters. */
    static final long TABLE = 16_000_000;

    /** @throws SealwayException if the rows are none, or so many that it would be no sample */
    public Bounds {
        if (rows < 1 || rows > MOST_ROWS) {
            throw SealwayException.wrongUsage("a sample has 1 to %d rows, not %d".formatted(MOST_ROWS, rows));
        }
    }

    /** For one look at a table: read only, and out of the way of whoever locks it. */
    public TransactionSettings settings() {
        return TransactionSettings.reading().statementTimeout(timeout).lockTimeout(LOCK_TIMEOUT);
    }
}
