package dev.sealway.backup;

import dev.sealway.plan.TableName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a backup holds. It stands at the beginning of the sealed stream, and once more in the manifest.
 *
 * @param id a UUID, made by the server for this one file
 * @param origin where it was taken
 * @param rowKey in key order
 * @param columns in the order of every row's values
 * @param takenAt when the snapshot began, by the server's clock
 */
public record BackupDescription(
        String id,
        Origin origin,
        TableName table,
        List<KeyColumn> rowKey,
        List<BackupColumn> columns,
        Instant takenAt) {

    /**
     * Where a backup belongs; elsewhere it is foreign.
     *
     * @param database the database's name
     * @param plan the plan's name
     */
    public record Origin(String database, String plan) {

        @Override
        public String toString() {
            return "plan %s in database %s".formatted(plan, database);
        }
    }

    public BackupDescription {
        rowKey = List.copyOf(rowKey);
        columns = List.copyOf(columns);
    }

    List<String> contexts() {
        return columns.stream().map(BackupColumn::context).toList();
    }

    int fields() {
        return rowKey.size() + columns.size();
    }

    Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", id);
        members.put("database", origin.database());
        members.put("plan", origin.plan());
        members.put("schema", table.schema());
        members.put("table", table.table());
        members.put("row_key", rowKey.stream().map(KeyColumn::members).toList());
        members.put("columns", columns.stream().map(BackupColumn::members).toList());
        members.put("taken_at", takenAt.toString());
        return members;
    }

    /** @throws IllegalArgumentException if something is missing */
    static BackupDescription of(Members members) {
        return new BackupDescription(
                members.text("id"),
                new Origin(members.text("database"), members.text("plan")),
                new TableName(members.text("schema"), members.text("table")),
                members.objects("row_key").stream().map(KeyColumn::of).toList(),
                members.objects("columns").stream().map(BackupColumn::of).toList(),
                Instant.parse(members.text("taken_at")));
    }
}
