package dev.sealway.discover.live;

import dev.sealway.catalog.LiveTable;
import dev.sealway.discover.ColumnFacts;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of a table.
 *
 * @param columns in the order of the table
 * @param rows that were read
 * @param unread why no values were read; empty if they were
 */
public record TableSample(LiveTable table, List<ColumnFacts> columns, long rows, Optional<String> unread) {

    public TableSample {
        columns = List.copyOf(columns);
    }
}
