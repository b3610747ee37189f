package dev.sealway.ledger;

import java.time.Instant;
import java.util.List;

/**
 * Plaintext columns that one run dropped from a table.
 *
 * @param lsn where the write-ahead log stood then
 * @param files that held the values, or samples of them, as paths below the data directory
 */
public record Drop(List<String> columns, Instant at, String lsn, List<String> files) {

    public Drop {
        columns = List.copyOf(columns);
        files = List.copyOf(files);
    }
}
