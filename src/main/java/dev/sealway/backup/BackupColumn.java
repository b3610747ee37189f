package dev.sealway.backup;

import dev.sealway.crypto.Encoding;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column that is exported.
 *
 * @param name as the catalogue spells it
 * @param type as {@code format_type} prints it; a text that was read from a file never becomes SQL
 * @param context the column's frozen logical name
 * @param encoding how the bytes in the file were made from the SQL value; never padded
 */
public record BackupColumn(String name, String type, String context, Encoding encoding) {

    Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("type", type);
        members.put("context", context);
        members.put("encoding", encoding.id());
        return members;
    }

    /** @throws IllegalArgumentException if something is missing */
    static BackupColumn of(Members members) {
        return new BackupColumn(
                members.text("name"),
                members.text("type"),
                members.text("context"),
                Encoding.parse(members.text("encoding")));
    }
}
