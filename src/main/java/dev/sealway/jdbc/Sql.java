package dev.sealway.jdbc;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A statement, or a part of one, as a template: {@code {name}} stands for a fragment that is safe to put in.
 *
 * <p>Values of rows never get into a template; they are bound. Immutable.
 */
public final class Sql implements SqlFragment {

    /** Text that is not looked through for holes. */
    record Finished(String sql) implements SqlFragment {}

    private static final Pattern HOLE = Pattern.compile("\\{([a-z_0-9]+)}");

    private final String template;
    private final Map<String, SqlFragment> fragments;

    private Sql(String template, Map<String, SqlFragment> fragments) {
        this.template = template;
        this.fragments = fragments;
    }

    /** @param template a constant of the program's text, with holes such as {@code {table}} */
    public static Sql of(String template) {
        return new Sql(template, Map.of());
    }

    /** Finished text of fragments; not a template. */
    static Sql raw(String text) {
        return new Sql("{finished}", Map.of("finished", new Finished(text)));
    }

    /**
     * Text that the plan's reviewer signs: the {@code where} of a table, the definition of an object as the catalogue
     * prints it. The one door for text that is not the program's own; grepped for.
     */
    public static Sql trusted(String text) {
        return raw(text);
    }

    public static Sql join(String separator, Collection<? extends SqlFragment> parts) {
        return raw(parts.stream().map(SqlFragment::sql).collect(Collectors.joining(separator)));
    }

    /** {@code template} once for each name, put into its hole {@code {name}}, with commas between them. */
    public static Sql each(String template, Collection<Identifier> names) {
        return join(", ", names.stream().map(n -> of(template).with("name", n)).toList());
    }

    public Sql with(String hole, SqlFragment fragment) {
        Map<String, SqlFragment> more = new LinkedHashMap<>(fragments);
        more.put(hole, fragment);
        return new Sql(template, more);
    }

    /** @throws IllegalStateException if a hole is left open */
    @Override
    public String sql() {
        Matcher holes = HOLE.matcher(template);
        StringBuilder text = new StringBuilder(template.length() + 64);
        while (holes.find()) {
            SqlFragment fragment = fragments.get(holes.group(1));
            if (fragment == null) {
                throw new IllegalStateException("nothing was given for {%s}".formatted(holes.group(1)));
            }
            holes.appendReplacement(text, Matcher.quoteReplacement(fragment.sql()));
        }
        return holes.appendTail(text).toString();
    }

    @Override
    public String toString() {
        return sql();
    }
}
