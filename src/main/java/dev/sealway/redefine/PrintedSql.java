package dev.sealway.redefine;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads statements as PostgreSQL prints them: every name with its schema, quoted where needed. */
final class PrintedSql {

    private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[^\\s\".(]+)";

    private static final Pattern INDEX = Pattern.compile(
            "CREATE (UNIQUE )?INDEX %1$s ON (?:ONLY )?%1$s\\.%1$s (USING .*)".formatted(NAME), Pattern.DOTALL);

    private static final Pattern UNIQUE =
            Pattern.compile(("ALTER TABLE %1$s\\.%1$s ADD CONSTRAINT %1$s (UNIQUE|PRIMARY KEY)"
                            + " (\\((?:[^()\"]|\"(?:[^\"]|\"\")*\")*\\)(?: INCLUDE \\((?:[^()\"]|\"(?:[^\"]|\"\")*\")*\\))?)"
                            + "((?: NOT)? DEFERRABLE)?( INITIALLY DEFERRED)?")
                    .formatted(NAME));

    private PrintedSql() {}

    /** @param rest from {@code USING} on */
    record Index(boolean unique, Identifier name, QualifiedName table, Sql rest) {}

    /**
     * A UNIQUE or PRIMARY KEY that an index built before can become.
     *
     * @param columns in parentheses, with INCLUDE
     * @param deferrable what the constraint says after them, perhaps nothing
     */
    record Key(Identifier name, QualifiedName table, String kind, Sql columns, Sql deferrable) {}

    static Optional<Index> index(String definition) {
        Matcher matcher = INDEX.matcher(definition);
        return matcher.matches()
                ? Optional.of(new Index(
                        matcher.group(1) != null,
                        name(matcher.group(2)),
                        new QualifiedName(name(matcher.group(3)), name(matcher.group(4))),
                        Sql.trusted(matcher.group(5))))
                : Optional.empty();
    }

    /** Empty for what no index alone can hold: periods, nulls that are not distinct. */
    static Optional<Key> key(String definition) {
        Matcher matcher = UNIQUE.matcher(definition);
        if (!matcher.matches() || matcher.group(5).contains("WITHOUT OVERLAPS")) {
            return Optional.empty();
        }
        String deferrable = orNothing(matcher.group(6)) + orNothing(matcher.group(7));
        return Optional.of(new Key(
                name(matcher.group(3)),
                new QualifiedName(name(matcher.group(1)), name(matcher.group(2))),
                matcher.group(4),
                Sql.trusted(matcher.group(5)),
                Sql.trusted(deferrable)));
    }

    /**
     * The same statement about a table that has another name by now. Strings and quoted names are left alone, so that only
     * the table's own name is replaced.
     */
    static String renamed(String definition, String from, String to) {
        if (from.equals(to)) {
            return definition;
        }
        Pattern tokens = Pattern.compile(
                "(?<![\\w$\".])(%s)(?![\\w$\"])|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"".formatted(Pattern.quote(from)));
        return tokens.matcher(definition)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) == null ? found.group() : to));
    }

    private static Identifier name(String printed) {
        return Identifier.of(
                printed.startsWith("\"")
                        ? printed.substring(1, printed.length() - 1).replace("\"\"", "\"")
                        : printed);
    }

    private static String orNothing(@Nullable String group) {
        return group == null ? "" : group;
    }
}
