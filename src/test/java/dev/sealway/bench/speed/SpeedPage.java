package dev.sealway.bench.speed;

import dev.sealway.bench.Figure;
import dev.sealway.bench.MarkdownTable;
import dev.sealway.bench.parts.PartsBench;
import dev.sealway.bench.speed.Measurements.Spread;
import java.util.Map;

/** What was measured, as a page in Markdown. */
final class SpeedPage {

    private static final String HEAD = """
            # How fast it is

            `make bench` measures a backfill and a verify beside floors and other ways of doing the same, in one run of about
            forty minutes, and leaves this page, its picture and `performance.json` in `target/bench`;
            `make bench-quick` takes three minutes, and `make bench-parts` looks at the parts alone. This page is of

            ```
            make bench BENCH_ROWS=%s ROUNDS=%s
            ```

            A row has about 250 bytes, a primary key and two other indexes. E-mail, first name, last name and phone are
            sealed, and the e-mail gets a search token. `fsync` and `synchronous_commit` are on; PostgreSQL shares the
            machine's processors with the client. Each contender gets a fresh table, all in turn, round by round; what is known
            to be slow, or is there for comparison alone, gets fewer rows. A ratio is taken within its round. Rates are of that
            machine on that day.

            * **Floor A** is one `UPDATE` on the server that writes constants of the same widths: no client, no cryptography, no
              safeguard.
            * **Sealway** writes with its guard and its compare-and-set, and keeps a checkpoint with every batch (the walk); then it
              builds its indexes and catches up (the backfill), which the floor leaves out. It verifies byte by byte, makes every
              token again, and sums up evidence.
            * **Row by row, `executeBatch`, set-wise** are programs as one would write them by hand. None looks whether a row changed
              meanwhile.
            * **`pgcrypto`** has its keys in SQL texts and in the server's memory.
            * **Rewrite** copies the table into a new one, in COPY's text format, while nobody writes; what hangs on the table (views,
              foreign keys, publications) is not carried over. It is [not offered](../decisions/0016-no-rewrite.md).

            ![ratios to floor A](performance.svg)

            """;

    private static final String TARGETS = """

            ## Targets

            """;

    private static final String SIZES = """

            ## As tables grow

            Backfill and verify of tables of different sizes, each measured once. The heap is what is in use after a full collection, at most; WAL is
            that of the backfill, growth that of the table with its indexes.

            """;

    private static final String WAITS = """

            ## In each phase

            The longest of an application's requests while each phase ran, in ms: a hundred times a second, over eight connections,
            it reads and updates one row of the table and commits. A dash: the phase was over before the next request. The last
            column is how long contract says that it kept everybody out. Measured once.

            """;

    private static final String APPLICATION = """

            ## Beside an application

            The same application and a table of %s rows: by itself, and beside the walk of a backfill that has found its pace, all by
            turns and round by round, in ms. Each is watched for up to 20 s, or until its walk ends; the fastest ends first. What
            waits behind a slow request counts too.

            """;

    private static final String GUARD = """

            ## What the guard costs

            The median of single-row updates, in blocks by turns with the trigger disabled and enabled.

            """;

    private static final String PARTS = """

            ## The parts by themselves

            On one thread, without a database (JMH). A row of four columns and a token costs so much processor time whatever
            the server does.

            """;

    private static final String MEASURED = """

            Measured on %s processors (%s), Java %s with %s of heap, PostgreSQL %s; %s rounds.
            """;

    private final Results results;

    SpeedPage(Results results) {
        this.results = results;
    }

    String text() {
        Map<String, String> machine = results.machine();
        return String.join(
                "",
                HEAD.formatted(machine.get("rows"), machine.get("rounds")),
                rates(),
                TARGETS,
                targets(),
                SIZES,
                sizes(),
                WAITS,
                waits(),
                APPLICATION.formatted(Figure.whole(Alongside.ROWS)),
                besides(),
                GUARD,
                guarded(),
                results.parts().isEmpty() ? "" : PARTS.concat(PartsBench.table(results.parts())),
                MEASURED.formatted(
                        machine.get("processors"),
                        machine.get("system"),
                        machine.get("java"),
                        machine.get("heap"),
                        machine.get("postgresql"),
                        machine.get("rounds")));
    }

    private String rates() {
        MarkdownTable table = MarkdownTable.of("what", "rows", "rows/s, median", "ratio to floor A", "least – most");
        for (String name : results.rates()) {
            Spread ratio = results.toFloor(name);
            table.row(
                    name,
                    Figure.whole(results.measured().rows(name)),
                    Figure.whole(results.measured().rate(name).median()),
                    Figure.ratio(ratio.median()),
                    between(ratio));
        }
        return table.toString();
    }

    private String targets() {
        MarkdownTable table = MarkdownTable.of("target", "wanted", "measured", "least – most", "");
        for (Target target : results.targets()) {
            Spread ratio = results.ratio(target);
            table.row(
                    target.words(),
                    "%s %s".formatted(target.atMost() ? "≤" : "≥", Figure.ratio(target.bound())),
                    "**%s**".formatted(measured(target, ratio.median())),
                    between(ratio),
                    target.verdict(ratio.median()));
        }
        return table.toString();
    }

    /** With one decimal more where it would look like the bound. */
    private static String measured(Target target, double ratio) {
        String figure = Figure.ratio(ratio);
        return figure.equals(Figure.ratio(target.bound())) ? Figure.decimal(3, ratio) : figure;
    }

    private String sizes() {
        MarkdownTable table = MarkdownTable.of(
                "rows",
                "walk, rows/s",
                "backfill, rows/s",
                "verify, rows/s",
                "heap, MB",
                "WAL, bytes a row",
                "growth, bytes a row");
        results.costs()
                .sizes()
                .forEach(s -> table.row(
                        Figure.whole(s.rows()),
                        Figure.whole(s.walk()),
                        Figure.whole(s.backfill()),
                        Figure.whole(s.verify()),
                        Figure.whole(s.heap()),
                        Figure.whole(s.wal()),
                        Figure.whole(s.growth())));
        return table.toString();
    }

    private String waits() {
        MarkdownTable table =
                MarkdownTable.of("rows", "expand", "backfill", "verify", "views", "contract", "locked by contract");
        results.costs()
                .waits()
                .forEach(w -> table.row(
                        Figure.whole(w.rows()),
                        Figure.whole(w.expand()),
                        Figure.whole(w.backfill()),
                        Figure.whole(w.verify()),
                        Figure.whole(w.views()),
                        Figure.whole(w.contract()),
                        Figure.whole(w.locked())));
        return table.toString();
    }

    private String besides() {
        MarkdownTable table =
                MarkdownTable.of("an application", "backfill, rows/s", "median", "p99", "least – most", "longest");
        results.costs()
                .besides()
                .forEach(b -> table.row(
                        b.words(),
                        Figure.whole(b.rowsPerSecond().median()),
                        Figure.decimal(2, b.median().median()),
                        Figure.decimal(2, b.p99().median()),
                        between(b.p99()),
                        Figure.decimal(1, b.most().most())));
        return table.toString();
    }

    private String guarded() {
        MarkdownTable table = MarkdownTable.of("update of one row:", "without the guard, µs", "with it, µs", "ratio");
        results.costs()
                .guarded()
                .forEach(g -> table.row(
                        g.words(), Figure.whole(g.without()), Figure.whole(g.with()), Figure.decimal(2, g.ratio())));
        return table.toString();
    }

    private static String between(Spread spread) {
        return Double.compare(spread.least(), spread.most()) == 0
                ? "–"
                : "%s – %s".formatted(Figure.ratio(spread.least()), Figure.ratio(spread.most()));
    }
}
