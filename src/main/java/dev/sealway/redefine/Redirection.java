package dev.sealway.redefine;

import dev.sealway.catalog.inventory.SavedDefinition;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Turns definitions that name one table into definitions for a copy of it, while the table itself is there, too.
 *
 * <p>Only where their head is exactly as it is printed, and never by a search in their text, where a hostile name could
 * stand: a statement that went to the table itself would lock everybody out of it. Not thread-safe.
 */
public final class Redirection {

    private static final Sql QUOTED = Sql.of("SELECT pg_catalog.quote_ident(?)");
    private static final List<String> ALTER = List.of("ALTER TABLE %s ");
    private static final List<String> COMMENT = List.of("COMMENT ON COLUMN %s.");
    private static final List<String> INDEX = List.of(
            "CREATE INDEX {name} ON %s USING ",
            "CREATE INDEX {name} ON ONLY %s USING ",
            "CREATE UNIQUE INDEX {name} ON %s USING ",
            "CREATE UNIQUE INDEX {name} ON ONLY %s USING ");
    private static final List<String> GRANT = List.of(
            "GRANT SELECT ({name}) ON %s TO ",
            "GRANT INSERT ({name}) ON %s TO ",
            "GRANT UPDATE ({name}) ON %s TO ",
            "GRANT REFERENCES ({name}) ON %s TO ");

    private final String from;
    private final String to;
    private final UnaryOperator<String> quoted;

    private Redirection(String from, String to, UnaryOperator<String> quoted) {
        this.from = from;
        this.to = to;
        this.quoted = quoted;
    }

    public static Redirection of(Transaction tx, QualifiedName from, QualifiedName to) {
        UnaryOperator<String> quoted =
                name -> tx.first(QUOTED, row -> row.getString(1), name).orElse(name);
        return new Redirection(printed(from, quoted), printed(to, quoted), quoted);
    }

    private static String printed(QualifiedName name, UnaryOperator<String> quoted) {
        return "%s.%s"
                .formatted(
                        quoted.apply(name.schema().name()),
                        quoted.apply(name.name().name()));
    }

    /** Empty for what belongs to more than the table, or would lock another one. */
    public Optional<String> of(SavedDefinition definition) {
        return switch (definition.kind()) {
            case "type", "collation" -> Optional.of(definition.definition());
            case "default",
                    "storage",
                    "compression",
                    "statistics target",
                    "not null",
                    "constraint",
                    "generated column" -> redirected(definition, ALTER);
            case "comment" -> redirected(definition, COMMENT);
            case "index" -> redirected(definition, INDEX);
            case "grant" -> redirected(definition, GRANT);
            default -> Optional.empty();
        };
    }

    private Optional<String> redirected(SavedDefinition definition, List<String> heads) {
        String name = quoted.apply(definition.name());
        for (String head : heads) {
            String there = head.formatted(from).replace("{name}", name);
            if (definition.definition().startsWith(there)) {
                String rest = definition.definition().substring(there.length());
                return Optional.of(head.formatted(to).replace("{name}", name).concat(rest));
            }
        }
        return Optional.empty();
    }
}
