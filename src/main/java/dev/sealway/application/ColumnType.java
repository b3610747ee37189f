package dev.sealway.application;

import dev.sealway.jdbc.TypeName;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A column's type, taken apart as {@code format_type} prints it.
 *
 * @param name without modifiers: {@code numeric}, {@code timestamp without time zone}
 * @param modifiers what stands in parentheses
 */
record ColumnType(String name, List<Integer> modifiers) {

    private static final Pattern FORM = Pattern.compile("([^(]+?)(?:\\(([0-9, -]+)\\))?((?: with| without).*)?");

    static ColumnType of(TypeName type) {
        Matcher form = FORM.matcher(type.sql());
        if (!form.matches()) {
            return new ColumnType(type.sql(), List.of());
        }
        String rest = form.group(3) == null ? "" : form.group(3);
        List<Integer> modifiers = form.group(2) == null
                ? List.of()
                : Stream.of(form.group(2).split(","))
                        .map(m -> Integer.valueOf(m.strip()))
                        .toList();
        return new ColumnType(form.group(1) + rest, modifiers);
    }

    /** The first modifier, or {@code standard} if there is none. */
    int modifier(int standard) {
        return modifiers.isEmpty() ? standard : modifiers.get(0);
    }
}
