package dev.sealway.discover.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement that would find, sort or join other rows once a column is sealed.
 *
 * @param id as {@code pg_stat_statements} numbers it
 * @param how where the column stands: {@code WHERE}, {@code ORDER BY}, {@code LIKE}, …
 * @param text without a constant or a comment, cut off where it gets long
 */
public record StatementUse(String id, long calls, String how, String text) {

    private static final int SHOWN = 160;

    /** Comments, strings of every kind, numbers that are not part of a name: what may hold a value. */
    private static final Pattern VALUES = Pattern.compile(
            "/\\*.*?\\*/|--[^\\n]*|(\\$[A-Za-z_]*\\$).*?\\1|[eE]'(?:[^'\\\\]++|\\\\.|'')*+'|[bBxXnN]?'(?:[^']++|'')*+'|(?<![\\w$\".])[0-9][0-9.eE+-]*",
            Pattern.DOTALL);

    private static final Pattern DATA =
            Pattern.compile("(?is)\\s*(\\(\\s*)?(SELECT|INSERT|UPDATE|DELETE|WITH|MERGE)\\b.*");
    private static final Pattern TOKEN =
            Pattern.compile("\"(?:[^\"]++|\"\")++\"|[\\p{L}_][\\p{L}0-9_$]*|!?~~?\\*?|\\S");
    private static final Set<String> CLAUSES = Set.of(
            "SELECT",
            "FROM",
            "WHERE",
            "ON",
            "USING",
            "GROUP",
            "ORDER",
            "HAVING",
            "SET",
            "RETURNING",
            "VALUES",
            "INTO",
            "JOIN",
            "LIMIT");
    private static final Set<String> FINDING = Set.of("WHERE", "ON", "USING", "GROUP", "ORDER", "HAVING");
    private static final Set<String> PATTERNS = Set.of("LIKE", "ILIKE", "SIMILAR", "~", "~*", "!~", "!~*", "~~", "~~*");

    /** @param query as the extension has it; utility statements, in which constants survive, use nothing */
    static Optional<StatementUse> of(String id, long calls, String query, String table, String column) {
        String text = VALUES.matcher(query).replaceAll(Matcher.quoteReplacement("$"));
        if (!DATA.matcher(text.replaceFirst("^[$\\s]+", "")).matches()) {
            return Optional.empty();
        }
        Set<String> uses = uses(tokens(text), table, column);
        return uses.isEmpty()
                ? Optional.empty()
                : Optional.of(new StatementUse(id, calls, String.join(", ", uses), shortened(text)));
    }

    private static List<String> tokens(String text) {
        return TOKEN.matcher(text).results().map(m -> m.group()).toList();
    }

    private static Set<String> uses(List<String> tokens, String table, String column) {
        Set<String> uses = new TreeSet<>();
        List<String> clauses = new ArrayList<>(List.of("SELECT"));
        boolean ofTable = false;
        for (int i = 0; i < tokens.size(); i++) {
            String word = tokens.get(i).toUpperCase(Locale.ROOT);
            ofTable |= names(tokens.get(i), table);
            if (CLAUSES.contains(word)) {
                clauses.set(0, word);
            } else if (names(tokens.get(i), column) && FINDING.contains(clauses.get(0))) {
                uses.add(words(clauses.get(0)));
                tokens.subList(i, Math.min(tokens.size(), i + 5)).stream()
                        .map(t -> t.toUpperCase(Locale.ROOT))
                        .filter(PATTERNS::contains)
                        .findFirst()
                        .ifPresent(t -> uses.add("LIKE"));
            }
        }
        return ofTable ? uses : Set.of();
    }

    private static String words(String clause) {
        return switch (clause) {
            case "GROUP" -> "GROUP BY";
            case "ORDER" -> "ORDER BY";
            case "ON", "USING" -> "JOIN";
            default -> clause;
        };
    }

    private static boolean names(String token, String name) {
        return token.startsWith("\"")
                ? token.substring(1, token.length() - 1).replace("\"\"", "\"").equals(name)
                : token.toLowerCase(Locale.ROOT).equals(name);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?").strip();
        int end = Math.min(SHOWN, line.length());
        return end < line.length()
                ? line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, end) - 1)) + "…"
                : line;
    }
}
