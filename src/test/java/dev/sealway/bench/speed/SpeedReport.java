package dev.sealway.bench.speed;

import dev.sealway.bench.speed.Measurements.Spread;
import dev.sealway.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was measured, as a page, a picture and JSON. */
record SpeedReport(Measurements measured, Map<String, String> machine) {

    private static final int BAR = 380;
    private static final int LINE = 24;
    private static final int LABELS = 430;

    void write(Path directory) throws IOException {
        Files.writeString(directory.resolve("performance.json"), Json.pretty(json()) + "\n");
        Files.writeString(directory.resolve("performance.svg"), picture());
        Files.writeString(directory.resolve("performance.md"), page());
        System.out.println(page());
    }

    private Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", new TreeMap<>(machine));
        all.put(
                "measured",
                measured.names().stream()
                        .map(name -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("name", name);
                            one.put("rows", measured.rows(name));
                            one.put("rows_per_second", spread(measured.rate(name), "%.0f"));
                            one.put("to_floor_a", spread(measured.ratio(name, Target.FLOOR_A), "%.3f"));
                            return one;
                        })
                        .toList());
        return all;
    }

    private static List<Object> spread(Spread spread, String form) {
        return List.of(
                new java.math.BigDecimal(form.formatted(spread.least())),
                new java.math.BigDecimal(form.formatted(spread.median())),
                new java.math.BigDecimal(form.formatted(spread.most())));
    }

    private String page() {
        StringBuilder page = new StringBuilder();
        page.append("| what | rows | rows/s, median | ratio to floor A | least – most |\n|---|---|---|---|---|\n");
        for (String name : measured.names()) {
            Spread ratio = measured.ratio(name, Target.FLOOR_A);
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %,.0f | %s | %s – %s |%n",
                    name,
                    measured.rows(name),
                    measured.rate(name).median(),
                    number(ratio.median()),
                    number(ratio.least()),
                    number(ratio.most())));
        }
        page.append("\n| target | wanted | measured | least – most | |\n|---|---|---|---|---|\n");
        for (Target target : Target.ALL) {
            Spread ratio = measured.ratio(target.above(), target.below());
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | ≥ %s | **%s** | %s – %s | %s |%n",
                    target.words(),
                    number(target.atLeast()),
                    number(ratio.median()),
                    number(ratio.least()),
                    number(ratio.most()),
                    ratio.median() >= target.atLeast() ? "reached" : "missed"));
        }
        page.append(String.format(
                "%nMeasured on %s processors (%s), Java %s with %s of heap, PostgreSQL %s; %s rounds.%n",
                machine.get("processors"),
                machine.get("system"),
                machine.get("java"),
                machine.get("heap"),
                machine.get("postgresql"),
                machine.get("rounds")));
        return page.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 10 ? "%.0f" : "%.2f", value);
    }

    /** A bar for each ratio to floor A, with its spread. */
    private String picture() {
        List<String> names = measured.names();
        double most = names.stream()
                .mapToDouble(n -> measured.ratio(n, Target.FLOOR_A).most())
                .max()
                .orElse(1);
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">%n",
                LABELS + BAR + 70, LINE * (names.size() + 1)));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        int y = 0;
        for (String name : names) {
            Spread ratio = measured.ratio(name, Target.FLOOR_A);
            y += LINE;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text><rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\" fill=\"%s\"/>"
                            + "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"black\"/><text x=\"%.1f\" y=\"%d\">%s</text>%n",
                    LABELS - 8,
                    y,
                    name,
                    LABELS,
                    y - 11,
                    BAR * ratio.median() / most,
                    name.startsWith("Sealway") ? "#1f6f54" : "#a9b4bf",
                    LABELS + BAR * ratio.least() / most,
                    LABELS + BAR * ratio.most() / most,
                    y - 4,
                    y - 4,
                    LABELS + BAR * ratio.most() / most + 6,
                    y,
                    number(ratio.median())));
        }
        return svg.append("</svg>\n").toString();
    }
}
