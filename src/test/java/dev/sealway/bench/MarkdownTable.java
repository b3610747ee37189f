package dev.sealway.bench;

import java.util.Collections;
import java.util.List;

/** A table in the making for a page in Markdown. Not thread-safe. */
public final class MarkdownTable {

    private final StringBuilder text = new StringBuilder();

    private MarkdownTable() {}

    public static MarkdownTable of(String... heading) {
        MarkdownTable table = new MarkdownTable().row(heading);
        table.text
                .append('|')
                .append(String.join("", Collections.nCopies(heading.length, "---|")))
                .append('\n');
        return table;
    }

    /** @param cells as many as the heading has, without a bar in them */
    public MarkdownTable row(String... cells) {
        List.of(cells).forEach(cell -> text.append(cell.isEmpty() ? "| " : "| %s ".formatted(cell)));
        text.append("|\n");
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
