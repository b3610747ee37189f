package dev.sealway.planfile;

import dev.sealway.plan.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of a table in the plan: {@code schema.table}, each part as the catalogue spells it. A part that holds a dot
 * or a quote stands in double quotes, where a quote is doubled, as in SQL; unlike in SQL nothing is folded to lower
 * case.
 */
final class TableKey {

    /** PostgreSQL's limit for names, in bytes of UTF-8. */
    private static final int MAX_BYTES = 63;

    /** Two names of 63 bytes, every one of them a doubled quote, their quotes and the dot. */
    private static final int MAX_KEY = 4 * MAX_BYTES + 5;

    private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")*)\"|([^.\"]*)");

    private TableKey() {}

    static Optional<TableName> parse(YamlValue entry) {
        if (entry.name().length() > MAX_KEY) {
            entry.faultOfKey("is longer than any name of a table");
            return Optional.empty();
        }
        Optional<List<String>> parts = parts(entry.name());
        if (parts.isEmpty()) {
            entry.faultOfKey("is not a table's name; write schema.table, with quotes around a part that holds a dot "
                    + "or a quote: '\"odd.schema\".\"odd\"\"table\"'");
            return Optional.empty();
        }
        List<String> names = parts.get();
        if (names.size() == 1) {
            entry.faultOfKey("has no schema; write public.%s, if that is where the table is".formatted(entry.name()));
            return Optional.empty();
        }
        if (names.size() > 2) {
            entry.faultOfKey("has %d parts; write schema.table, with double quotes around a part that holds a dot"
                    .formatted(names.size()));
            return Optional.empty();
        }
        boolean valid = isValid(entry, "the schema", names.get(0)) & isValid(entry, "the table", names.get(1));
        return valid ? Optional.of(new TableName(names.get(0), names.get(1))) : Optional.empty();
    }

    /** Whether {@code name} can be a name in PostgreSQL; otherwise it is a fault of the entry. */
    static boolean isValid(YamlValue entry, String what, String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (name.isEmpty()) {
            entry.faultOfKey("%s has no name".formatted(what));
        } else if (bytes > MAX_BYTES) {
            entry.faultOfKey(
                    "the name of %s has %d bytes; PostgreSQL has %d at most".formatted(what, bytes, MAX_BYTES));
        } else if (name.indexOf('\0') >= 0) {
            entry.faultOfKey("the name of %s holds a NUL character".formatted(what));
        } else {
            return true;
        }
        return false;
    }

    private static Optional<List<String>> parts(String key) {
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(key);
        int at = 0;
        while (part.find(at) && part.start() == at) {
            parts.add(part.group(1) == null ? part.group(2) : part.group(1).replace("\"\"", "\""));
            at = part.end();
            if (at == key.length()) {
                return Optional.of(parts);
            }
            if (key.charAt(at) != '.') {
                return Optional.empty();
            }
            at++;
        }
        return Optional.empty();
    }
}
