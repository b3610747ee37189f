package dev.sealway.catalog;

import dev.sealway.jdbc.QualifiedName;
import dev.sealway.plan.TableName;
import java.util.List;
import java.util.Optional;

/**
 * A table as the catalogue has it at one moment.
 *
 * @param oid valid in this database only, and not after a restore
 * @param kind {@code relkind}: r table, p partitioned table, f foreign table, v view, m materialised view
 * @param columns that are not dropped, in order
 * @param rowKey empty if nothing tells the rows apart
 * @param estimatedRows {@code reltuples} summed over partitions; −1 if never analysed
 * @param bytes heap and TOAST, summed over partitions
 */
public record LiveTable(
        long oid,
        QualifiedName name,
        char kind,
        List<LiveColumn> columns,
        Optional<RowKey> rowKey,
        long estimatedRows,
        long bytes) {

    public LiveTable {
        columns = List.copyOf(columns);
    }

    /** As a plan names it. */
    public TableName tableName() {
        return new TableName(name.schema().name(), name.name().name());
    }

    public Optional<LiveColumn> column(String name) {
        return columns.stream().filter(c -> c.name().name().equals(name)).findFirst();
    }
}
