package dev.sealway.bench.speed;

import dev.sealway.bench.parts.Part;
import dev.sealway.bench.parts.PartsBench;
import dev.sealway.bench.speed.Measurements.Spread;
import dev.sealway.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was measured, as a page, a picture and JSON. */
record SpeedReport(
        Measurements measured,
        List<Costs.Size> sizes,
        List<Costs.Beside> besides,
        List<Costs.Guarded> guarded,
        List<Part> parts,
        Map<String, String> machine) {

    private static final String HEAD = """
            # How fast it is

            `make bench` measures a backfill and a verify beside floors and other ways of doing the same, in one run of about
            three quarters of an hour, and leaves this page, its picture and `performance.json` in `target/bench`;
            `make bench-quick` takes three minutes, and `make bench-parts` looks at the parts alone. This page is of

            ```
            make bench BENCH_ROWS=%s ROUNDS=%s
            ```

            A row has about 250 bytes, a primary key and two other indexes. E-mail, first name, last name and phone are
            sealed, and the e-mail gets a search token. `fsync` and `synchronous_commit` are on; PostgreSQL shares the
            machine's processors with the client. Each contender gets a fresh table, all in turn, round by round; what is known
            to be slow gets a twentieth of the rows. A ratio is taken within its round. Rates are of that machine on that day.

            * **Floor A** is one `UPDATE` on the server that writes constants of the same widths: no client, no cryptography, no
              safeguard.
            * **Sealway** writes with its guard and its compare-and-set, and keeps a checkpoint with every batch (the walk); then it
              builds its indexes and catches up (the backfill), which the floor leaves out. It verifies byte by byte, makes every
              token again, and sums up evidence.
            * **Row by row, `executeBatch`, set-wise** are programs as guides show them. None looks whether a row changed meanwhile.
            * **`pgcrypto`** has its keys in SQL texts and in the server's memory.
            * **Rewrite** is not offered. It is what copying the table into a new one brings, as text and with no writer beside it, when
              nothing is carried over that hangs on the table.

            ![ratios to floor A](performance.svg)

            """;

    private static final String SIZES = """

            ## As tables grow

            Backfill and verify of tables of different sizes. The heap is what is in use after a full collection, at most; WAL is
            that of the backfill, growth that of the table with its indexes. The longest wait is that of one update among a hundred a
            second, over eight connections, from expand to verify, in a run of its own.

            """;

    private static final String APPLICATION = """

            ## Beside an application

            A hundred times a second, over eight connections, one row is read and updated with a commit, in a table of %,d rows.
            What waits behind a slow one counts too.

            """;

    private static final String GUARD = """

            ## What the guard costs

            The median of single-row updates, in blocks by turns with the trigger enabled and disabled.

            """;

    private static final String PARTS = """

            ## The parts by themselves

            On one thread, without a database (JMH). A row of four columns and a token costs so much processor time whatever
            the server does.

            """;

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
                rates().stream()
                        .map(name -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("name", name);
                            one.put("rows", measured.rows(name));
                            one.put("rows_per_second", spread(measured.rate(name), "%.0f"));
                            one.put("to_floor_a", spread(measured.ratio(name, Target.FLOOR_A), "%.3f"));
                            return one;
                        })
                        .toList());
        all.put("targets", targets().stream().map(this::json).toList());
        all.put("sizes", sizes.stream().map(SpeedReport::json).toList());
        all.put("beside_an_application", besides.stream().map(SpeedReport::json).toList());
        all.put("guard", guarded.stream().map(SpeedReport::json).toList());
        all.put("parts", parts.stream().map(PartsBench::json).toList());
        return all;
    }

    private Map<String, Object> json(Target target) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", target.words());
        one.put(target.atMost() ? "at_most" : "at_least", decimal("%.2f", target.bound()));
        one.put("ratio", spread(measured.ratio(target.above(), target.below()), "%.3f"));
        return one;
    }

    private static Map<String, Object> json(Costs.Size size) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("rows", size.rows());
        one.put("walk_rows_per_second", decimal("%.0f", size.walk()));
        one.put("backfill_rows_per_second", decimal("%.0f", size.backfill()));
        one.put("verify_rows_per_second", decimal("%.0f", size.verify()));
        one.put("heap_megabytes", decimal("%.1f", size.heap()));
        one.put("wal_bytes_per_row", decimal("%.0f", size.wal()));
        one.put("growth_bytes_per_row", decimal("%.0f", size.growth()));
        if (!Double.isNaN(size.longestWait())) {
            one.put("longest_wait_ms", decimal("%.1f", size.longestWait()));
        }
        return one;
    }

    private static Map<String, Object> json(Costs.Beside beside) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", beside.words());
        one.put("rows_per_second", decimal("%.0f", beside.rowsPerSecond()));
        one.put("median_ms", decimal("%.2f", beside.latency().median()));
        one.put("p99_ms", decimal("%.2f", beside.latency().p99()));
        one.put("most_ms", decimal("%.2f", beside.latency().most()));
        return one;
    }

    private static Map<String, Object> json(Costs.Guarded update) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", update.words());
        one.put("without_microseconds", decimal("%.1f", update.without()));
        one.put("with_microseconds", decimal("%.1f", update.with()));
        return one;
    }

    private static BigDecimal decimal(String form, double value) {
        return new BigDecimal(String.format(Locale.ROOT, form, value));
    }

    /** What every contender did, in the order in which they were measured. */
    private List<String> rates() {
        return measured.names().stream().filter(n -> measured.rows(n) > 0).toList();
    }

    private List<Target> targets() {
        return Target.ALL.stream()
                .filter(t -> measured.has(t.above()) && measured.has(t.below()))
                .toList();
    }

    private static List<Object> spread(Spread spread, String form) {
        return List.of(decimal(form, spread.least()), decimal(form, spread.median()), decimal(form, spread.most()));
    }

    private String page() {
        StringBuilder page = new StringBuilder(HEAD.formatted(machine.get("rows"), machine.get("rounds")));
        page.append("| what | rows | rows/s, median | ratio to floor A | least – most |\n|---|---|---|---|---|\n");
        for (String name : rates()) {
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
        page.append("\n## Targets\n\n| target | wanted | measured | least – most | |\n|---|---|---|---|---|\n");
        for (Target target : targets()) {
            Spread ratio = measured.ratio(target.above(), target.below());
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %s %s | **%s** | %s – %s | %s |%n",
                    target.words(),
                    target.atMost() ? "≤" : "≥",
                    number(target.bound()),
                    number(ratio.median()),
                    number(ratio.least()),
                    number(ratio.most()),
                    target.verdict(ratio.median())));
        }
        append(page);
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

    private void append(StringBuilder page) {
        page.append(SIZES);
        page.append(
                "| rows | walk, rows/s | backfill, rows/s | verify, rows/s | heap, MB | WAL, bytes a row | growth, bytes a row | longest wait, ms |\n|---|---|---|---|---|---|---|---|\n");
        for (Costs.Size size : sizes) {
            page.append(String.format(
                    Locale.ROOT,
                    "| %,d | %,.0f | %,.0f | %,.0f | %.0f | %,.0f | %,.0f | %s |%n",
                    size.rows(),
                    size.walk(),
                    size.backfill(),
                    size.verify(),
                    size.heap(),
                    size.wal(),
                    size.growth(),
                    size.longest()));
        }
        page.append(String.format(
                Locale.ROOT,
                APPLICATION,
                SpeedBench.besideAnApplication(Integer.parseInt(machine.getOrDefault("rows", "0")))));
        page.append(
                "| an application | backfill, rows/s | median, ms | p99, ms | longest, ms |\n|---|---|---|---|---|\n");
        for (Costs.Beside beside : besides) {
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %.2f | %.2f | %.1f |%n",
                    beside.words(),
                    beside.rowsPerSecond(),
                    beside.latency().median(),
                    beside.latency().p99(),
                    beside.latency().most()));
        }
        page.append(GUARD);
        page.append("| update of one row: | without the guard, µs | with it, µs | ratio |\n|---|---|---|---|\n");
        for (Costs.Guarded update : guarded) {
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.2f |%n",
                    update.words(),
                    update.without(),
                    update.with(),
                    update.ratio()));
        }
        if (!parts.isEmpty()) {
            page.append(PARTS);
            page.append(PartsBench.table(parts));
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 10 ? "%.0f" : "%.2f", value);
    }

    /** A bar for each ratio to floor A, with its spread. */
    private String picture() {
        List<String> names = rates();
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
