package dev.sealway.catalog.probe;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.jdbc.Sql;
import dev.sealway.search.Normalizer;

/**
 * A column under a normaliser, as an SQL expression: what the normaliser does, done by the server, for counting.
 *
 * <p>The value is the normalised text's UTF-8; null for NULL and for values that have no normal form. The same as the
 * normaliser's own result, but for {@code nfkc_lower}: the server lowers by the database's collation, which under
 * {@code C} knows A–Z only, and treats final sigma in its own way.
 */
public record NormalizedColumn(LiveColumn column, Normalizer normalizer) {

    private static final String DIGITS = "regexp_replace({text}, '[^0123456789]', '', 'g')";
    private static final String EMAIL = "lower(btrim(normalize({text}, NFC), E' \\t\\n\\x0b\\f\\r'))";

    /** The expression; collation {@code C} makes lower() and patterns know ASCII only. */
    public Sql sql() {
        Sql text = Sql.of("CAST({column} AS text) COLLATE \"C\"").with("column", column.name());
        return Sql.of("convert_to({normal}, 'UTF8')")
                .with("normal", Sql.of(template()).with("text", text));
    }

    private String template() {
        return switch (normalizer) {
            case EXACT_1 -> "{text}";
            case TRIM_1 -> "btrim({text}, E' \\t\\n\\x0b\\f\\r')";
            case LOWER_ASCII_1 -> "lower({text})";
            case EMAIL_1 -> EMAIL;
            case DIGITS_1 -> DIGITS;
            case E164_1 -> "substring(translate({text}, ' ().-', '') FROM '^[+][0123456789]{8,15}$')";
            case NFKC_LOWER_1 -> "lower(normalize({text}, NFKC) COLLATE \"default\")";
            case LAST4_1 -> "right(%s, 4)".formatted(DIGITS);
            case PREFIX3_1 -> "left(%s, 3)".formatted(EMAIL);
            case DOMAIN_1 -> "substring(%s FROM '@([^@]+)$')".formatted(EMAIL);
        };
    }
}
