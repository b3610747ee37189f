package dev.sealway.workflow;

import dev.sealway.plan.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a proposed plan down, with reasons beside it; what is not proposed is there as a comment. */
final class DraftPlan {

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final Set<String> RESERVED = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\ufeff\\ufffe\\uffff]|\\p{Cs}");

    private final DiscoverReport report;
    private final List<String> lines = new ArrayList<>();

    DraftPlan(DiscoverReport report) {
        this.report = report;
    }

    String text() {
        lines.add("# A proposal of 'sealway discover': %d columns of database %s look like personal data or secrets."
                .formatted(report.proposed(), shown(report.database())));
        lines.add("# Review every line. What is commented out was not sure enough, or cannot be sealed as it is.");
        lines.add("sealway: 1");
        lines.add("name: " + planName(report.database()));
        lines.add("keys: { provider: env, ref: SEALWAY_KEYS }   # or where 'sealway keygen' put them");
        lines.add("tables:");
        report.tables().forEach(this::table);
        return String.join("\n", lines) + "\n";
    }

    private void table(DiscoverReport.Table table) {
        String off = table.isProposed() ? "" : "# ";
        lines.add("");
        table.obstacles().forEach(o -> comment("  ", "cannot be worked on: " + o));
        lines.add("  %s%s:".formatted(off, key(table.name())));
        lines.add("    %scolumns:".formatted(off));
        table.columns().forEach(this::column);
        dispositions(table, off);
    }

    private void column(DiscoverReport.Column column) {
        String indent = "      ";
        comment(indent, "%s, %d %%: %s".formatted(column.kind(), column.confidence(), column.reason()));
        column.obstacles().forEach(o -> comment(indent, "left out: " + o));
        column.search().ifPresent(s -> comment(indent, search(s)));
        column.uses()
                .forEach(u -> comment(
                        indent,
                        "statement %s, %d calls, has it in %s: %s".formatted(u.id(), u.calls(), u.how(), u.text())));
        lines.add("%s%s%s: %s".formatted(indent, column.proposed() ? "" : "# ", quoted(column.name()), entry(column)));
    }

    private static String search(DiscoverReport.Search search) {
        return search.leftOut()
                .map(why -> "no search: " + why)
                .orElseGet(() -> "token of %d bits over %d values: %d different, the most frequent one %d times"
                        .formatted(search.bits(), search.rows(), search.distinct(), search.top()));
    }

    private static String entry(DiscoverReport.Column column) {
        return column.search()
                .filter(s -> s.leftOut().isEmpty())
                .map(s -> "{ search: { normalizer: %s%s } }"
                        .formatted(s.normalizer(), s.carriesUnique() ? ", unique: carry" : ""))
                .orElse("{}");
    }

    private void dispositions(DiscoverReport.Table table, String off) {
        Map<String, String> decisions = new LinkedHashMap<>();
        List<String> carried = table.columns().stream()
                .flatMap(c -> c.search().stream().flatMap(s -> s.carried().stream()))
                .toList();
        table.columns().stream()
                .filter(c -> c.proposed() || !off.isEmpty())
                .flatMap(c -> c.impacts().stream())
                .filter(i -> !carried.contains(i.key()))
                .forEach(i -> decisions.putIfAbsent(i.key(), i.line()));
        if (!decisions.isEmpty()) {
            comment("    ", "these hang on the plaintext; decide before the drop, then take the '# ' away:");
            comment("    ", "dispositions:");
            decisions.values().forEach(line -> comment("    ", "  " + line));
        }
    }

    private void comment(String indent, String text) {
        lines.add("%s# %s".formatted(indent, shown(text)));
    }

    /** On one line, whatever names hold. */
    private static String shown(String text) {
        return UNPRINTABLE.matcher(text.replace('\n', ' ')).replaceAll("?");
    }

    /** As the reader of plans wants it: a part with a dot or a quote in quotes, nothing folded. */
    private static String key(TableName table) {
        return quoted("%s.%s".formatted(part(table.schema()), part(table.table())));
    }

    private static String part(String name) {
        return name.contains(".") || name.contains("\"") ? "\"%s\"".formatted(name.replace("\"", "\"\"")) : name;
    }

    private static String quoted(String name) {
        boolean plain = List.of(name.split("\\.", -1)).stream()
                .allMatch(p -> PLAIN.matcher(p).matches());
        if (plain && !RESERVED.contains(name)) {
            return name;
        }
        String escaped = name.replace("\\", "\\\\").replace("\"", "\\\"");
        return "\"%s\""
                .formatted(UNPRINTABLE
                        .matcher(escaped)
                        .replaceAll(m -> Matcher.quoteReplacement(m.group()
                                .chars()
                                .mapToObj(c -> "\\u%04x".formatted(c))
                                .collect(Collectors.joining()))));
    }

    private static String planName(String database) {
        String name = database.replaceAll("[^A-Za-z0-9_-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
        String fits = name.substring(0, Math.min(63, name.length()));
        return quoted(fits.isEmpty() ? "plan" : fits);
    }
}
