package dev.sealway.cli.report;

import dev.sealway.cli.console.Figures;
import dev.sealway.cli.console.TextTable;
import dev.sealway.workflow.TokensReport;
import java.util.ArrayList;
import java.util.List;

/** Where search tokens stand, for people. */
public final class TokensText {
    private TokensText() {}

    public static List<String> lines(TokensReport report) {
        TextTable table =
                TextTable.of(7, "table", "column", "tokens in", "key", "state", "also in", "key", "rows without");
        report.columns()
                .forEach(c -> table.row(
                        c.table(),
                        c.name(),
                        c.tokens(),
                        c.key(),
                        c.state(),
                        c.otherTokens().orElse("-"),
                        c.otherKey().map(String::valueOf).orElse("-"),
                        Figures.count(c.missing())));
        List<String> lines = new ArrayList<>(table.lines());
        report.failures().forEach(f -> lines.add("  " + f));
        report.columns().stream()
                .filter(c -> c.otherTokens().isPresent())
                .forEach(c -> lines.add("Next for %s.%s: %s".formatted(c.table(), c.name(), c.next())));
        report.phrase()
                .ifPresent(
                        phrase -> lines.add("The phrase that confirms dropping the old tokens: %s".formatted(phrase)));
        return lines;
    }
}
