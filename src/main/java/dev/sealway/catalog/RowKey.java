package dev.sealway.catalog;

import dev.sealway.jdbc.Identifier;
import java.util.List;

/**
 * What tells the rows of a table apart and gives the order in which they are walked: the primary key, or else the
 * shortest UNIQUE constraint or index over NOT NULL columns that is neither partial nor deferrable.
 *
 * <p>It is a B-tree in ascending default order, and no column of it has a nondeterministic collation.
 *
 * @param columns in the order of the index, at least one
 * @param index the index behind it
 */
public record RowKey(List<LiveColumn> columns, Identifier index) {

    public RowKey {
        columns = List.copyOf(columns);
    }

    public List<Identifier> names() {
        return columns.stream().map(LiveColumn::name).toList();
    }
}
