package dev.sealway.chaos;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a statement does to what, in a few words of its own. Statements carry values in binds only, so no value is in it. */
final class StatementLabel {

    private static final Set<String> READING =
            Set.of("SELECT", "SET", "RESET", "SHOW", "BEGIN", "START", "FETCH", "SAVEPOINT");
    private static final Pattern WORDS = Pattern.compile("[A-Za-z_.~\"]+");
    private static final Pattern WRITE_WITHIN =
            Pattern.compile("\\b(UPDATE|INSERT INTO|DELETE FROM)\\s+(?!SET\\b|OF\\b)([\\w.~\"]+)");
    private static final int SHOWN = 6;

    private StatementLabel() {}

    /** Empty for a statement that only reads or sets. */
    static Optional<String> of(String sql) {
        String text = sql.strip();
        String first = text.split("[\\s(;]", 2)[0].toUpperCase(Locale.ROOT);
        if (READING.contains(first)) {
            return Optional.empty();
        }
        if (first.equals("WITH")) {
            Matcher write = WRITE_WITHIN.matcher(text.replaceAll("FOR (NO KEY )?UPDATE", ""));
            return write.find()
                    ? Optional.of("WITH %s %s".formatted(write.group(1), write.group(2)))
                    : Optional.empty();
        }
        return Optional.of(String.join(
                " ",
                WORDS.matcher(text.split("[(;]", 2)[0])
                        .results()
                        .limit(SHOWN)
                        .map(word -> word.group())
                        .toList()));
    }
}
