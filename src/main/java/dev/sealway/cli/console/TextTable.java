package dev.sealway.cli.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of cells in aligned columns, under a heading. Not thread-safe. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();
    private final int firstRight;

    private TextTable(int firstRight, List<String> heading) {
        this.firstRight = firstRight;
        rows.add(heading);
    }

    /**
     * @param texts how many columns, counted from the left, are texts; the others are numbers and stand to the right
     */
    public static TextTable of(int texts, String... heading) {
        return new TextTable(texts, List.of(heading));
    }

    public TextTable row(Object... cells) {
        rows.add(Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    /** The heading, a rule, and the rows. */
    public List<String> lines() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(line(row, widths));
            if (lines.size() == 1) {
                lines.add(line(Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths));
            }
        }
        return lines;
    }

    private String line(List<String> row, int[] widths) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            String blanks = " ".repeat(widths[i] - width(row.get(i)));
            cells.add(i < firstRight ? row.get(i) + blanks : blanks + row.get(i));
        }
        return String.join("  ", cells).stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
