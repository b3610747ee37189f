package dev.sealway.html;

import java.util.Collection;
import java.util.List;

/** HTML in the making: whatever comes from outside is escaped. Not thread-safe. */
public final class Html {

    private final StringBuilder text = new StringBuilder();

    /** Text for an element or a quoted attribute. */
    public static String escape(Object value) {
        StringBuilder escaped = new StringBuilder();
        value.toString().codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(isPrintable(c) ? Character.toString(c) : "\ufffd");
            }
        });
        return escaped.toString();
    }

    /** Controls could hide text, and those of direction could turn it round. */
    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> codePoint == '\n' || codePoint == '\t';
            default -> true;
        };
    }

    /** @param markup ours, with a {@code %s} for every value; an {@link Html} among them stays as it is */
    public Html add(String markup, Object... values) {
        Object[] escaped = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            escaped[i] = values[i] instanceof Html ? values[i].toString() : escape(values[i]);
        }
        text.append(markup.formatted(escaped)).append('\n');
        return this;
    }

    public Html section(String title) {
        return add("<h2>%s</h2>", title);
    }

    public Html paragraph(String words) {
        return add("<p>%s</p>", words);
    }

    public Html list(Collection<String> sentences) {
        add("<ul>");
        sentences.forEach(s -> add("<li>%s</li>", s));
        return add("</ul>");
    }

    /** A hash, a sum or an id, which may break anywhere. */
    public static Html mono(Object value) {
        return new Html().add("<code>%s</code>", value);
    }

    /** @param rows each as many cells as the heading; a cell of markup stays as it is */
    public Html table(List<String> heading, List<List<Object>> rows) {
        add("<table><thead><tr>");
        heading.forEach(h -> add("<th>%s</th>", h));
        add("</tr></thead><tbody>");
        rows.forEach(row -> {
            add("<tr>");
            row.forEach(cell -> add(
                    cell instanceof Number ? "<td class=\"number\">%s</td>" : "<td>%s</td>",
                    cell instanceof String words ? breakable(words) : cell));
            add("</tr>");
        });
        return add("</tbody></table>");
    }

    /** Long names of columns may break where a person would break them. */
    private static Html breakable(String words) {
        Html html = new Html();
        html.text.append(escape(words).replaceAll("(?<=\\w[._])(?=\\w)", "<wbr>"));
        return html;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
