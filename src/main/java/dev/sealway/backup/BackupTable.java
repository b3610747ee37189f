package dev.sealway.backup;

import dev.sealway.backup.BackupDescription.Origin;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.RowKey;
import dev.sealway.crypto.Encoding;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of which columns are to be exported.
 *
 * @param live as the catalogue has it
 * @param rowKey whose texts go along
 * @param columns at least one
 */
public record BackupTable(LiveTable live, RowKey rowKey, List<BackupColumn> columns) {

    /** Without an order: sorting a large table would write its values to temporary files of the server. */
    private static final Sql ROWS = Sql.of("SELECT {fields} FROM {table} t");

    private static final Sql KEY = Sql.of("t.{column}::pg_catalog.text");
    private static final Sql TEXT = Sql.of("pg_catalog.convert_to(t.{column}::pg_catalog.text, 'UTF8')");
    private static final Sql RAW = Sql.of("t.{column}::pg_catalog.bytea");

    public BackupTable {
        columns = List.copyOf(columns);
    }

    /** Every row, key texts first; takes no parameters. */
    Sql rows() {
        List<Sql> fields = new ArrayList<>();
        rowKey.names().forEach(name -> fields.add(KEY.with("column", name)));
        for (BackupColumn column : columns) {
            Sql value = column.encoding().form() == Encoding.Form.RAW_1 ? RAW : TEXT;
            fields.add(value.with("column", Identifier.of(column.name())));
        }
        return ROWS.with("fields", Sql.join(", ", fields)).with("table", live.name());
    }

    BackupDescription describe(String id, Origin origin, Instant takenAt) {
        return new BackupDescription(
                id,
                origin,
                live.tableName(),
                rowKey.columns().stream()
                        .map(k -> new KeyColumn(k.name().name(), k.type().sql()))
                        .toList(),
                columns,
                takenAt);
    }
}
