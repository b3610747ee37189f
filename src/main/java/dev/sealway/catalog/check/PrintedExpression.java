package dev.sealway.catalog.check;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An expression as PostgreSQL prints it within a plan: names complete, functions in front of parentheses. */
final class PrintedExpression {

    private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'");
    private static final Pattern SUB_SELECT = Pattern.compile("(?m)^\\s*(?:SubPlan|InitPlan)\\b");
    private static final Pattern OF_THE_MOMENT = Pattern.compile(
            "\\b(CURRENT_(?:DATE|TIME|TIMESTAMP|USER|ROLE|CATALOG|SCHEMA)|LOCALTIME|LOCALTIMESTAMP|SESSION_USER"
                    + "|SYSTEM_USER|USER)\\b");
    private static final String NAME = "\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*";
    private static final Pattern CALL = Pattern.compile("(?:(" + NAME + ")\\.)?(" + NAME + ")\\(");

    /** Which variant is called is not printed: all with that many arguments must be immutable. */
    private static final Sql VOLATILE = Sql.of("""
            SELECT EXISTS (
              SELECT 1 FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
               WHERE n.nspname = ? AND p.proname = ? AND p.provolatile <> 'i'
                 AND ((p.pronargs - p.pronargdefaults <= ? AND ? <= p.pronargs) OR p.provariadic <> 0))
            """);

    private PrintedExpression() {}

    /** Why it may mean something else another time; empty if it may not. */
    static Optional<String> fault(Transaction tx, String printed) {
        String text = LITERAL.matcher(printed).replaceAll("''");
        if (SUB_SELECT.matcher(text).find()) {
            return Optional.of("holds a sub-select; it may only look at the row's own columns");
        }
        Matcher moment = OF_THE_MOMENT.matcher(text);
        if (moment.find()) {
            return Optional.of(notImmutable(moment.group(1).toLowerCase(Locale.ROOT)));
        }
        Matcher call = CALL.matcher(text);
        while (call.find()) {
            String schema = call.group(1) == null ? "pg_catalog" : bare(call.group(1));
            String name = bare(call.group(2));
            int arguments = arguments(text, call.end());
            if (tx.isTrue(VOLATILE, schema, name, arguments, arguments)) {
                return Optional.of(notImmutable(name));
            }
        }
        return Optional.empty();
    }

    private static String notImmutable(String name) {
        return "calls %s, which is not immutable (or has a variant that is not): the same row must always be meant; write it without"
                .formatted(name);
    }

    private static String bare(String printed) {
        return printed.startsWith("\"")
                ? printed.substring(1, printed.length() - 1).replace("\"\"", "\"")
                : printed.toLowerCase(Locale.ROOT);
    }

    /** How many arguments stand behind an opening parenthesis that ends before {@code from}. */
    private static int arguments(String text, int from) {
        int depth = 0;
        int commas = 0;
        boolean empty = true;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ')' && depth == 0) {
                break;
            }
            empty &= Character.isWhitespace(c);
            depth += "([".indexOf(c) >= 0 ? 1 : ")]".indexOf(c) >= 0 ? -1 : 0;
            commas += c == ',' && depth == 0 ? 1 : 0;
        }
        return empty ? 0 : commas + 1;
    }
}
