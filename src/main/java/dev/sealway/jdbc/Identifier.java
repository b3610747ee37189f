package dev.sealway.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * The name of one object, quoted whenever it goes into a statement.
 *
 * @param name as the catalogue spells it: 1 to 63 bytes of UTF-8, no NUL
 */
public record Identifier(String name) implements SqlFragment {

    /** PostgreSQL's NAMEDATALEN less one: longer names are cut by the server, so they are refused here. */
    public static final int MAX_BYTES = 63;

    public Identifier {
        if (!isValid(name)) {
            throw new IllegalArgumentException(
                    "a name must have 1 to %d bytes of UTF-8 and no NUL".formatted(MAX_BYTES));
        }
    }

    public static boolean isValid(String name) {
        return !name.isEmpty() && name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES && name.indexOf('\0') < 0;
    }

    public static Identifier of(String name) {
        return new Identifier(name);
    }

    /** Quoted names with commas between them. */
    public static Sql list(Collection<Identifier> names) {
        return Sql.raw(names.stream().map(Identifier::sql).collect(Collectors.joining(", ")));
    }

    @Override
    public String sql() {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    @Override
    public String toString() {
        return name;
    }
}
