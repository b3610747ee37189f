package dev.sealway.backup;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of the row key, whose text goes along with every row.
 *
 * @param name as the catalogue spells it
 * @param type as {@code format_type} prints it
 */
public record KeyColumn(String name, String type) {

    Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("type", type);
        return members;
    }

    static KeyColumn of(Members members) {
        return new KeyColumn(members.text("name"), members.text("type"));
    }
}
