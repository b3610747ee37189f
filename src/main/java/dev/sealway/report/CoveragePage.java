package dev.sealway.report;

import dev.sealway.coverage.CoverageReport;
import dev.sealway.coverage.CoverageReport.Column;
import dev.sealway.coverage.CoverageReport.Fault;
import dev.sealway.coverage.CoverageReport.Rows;
import dev.sealway.html.Html;
import dev.sealway.html.Page;
import dev.sealway.residue.Trace;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** A coverage report as a page that can be read at a glance: one file, without references to anything outside of it. */
final class CoveragePage {

    private final CoverageReport report;
    private final Html html = new Html();

    private CoveragePage(CoverageReport report) {
        this.report = report;
    }

    static String of(CoverageReport report) {
        CoveragePage page = new CoveragePage(report);
        Page.begin(page.html, "Encryption of plan %s".formatted(report.plan()));
        page.heading();
        page.columns();
        page.unplanned();
        page.residue();
        page.footer();
        return Page.end(page.html);
    }

    private void heading() {
        html.add("<h1>Encryption of plan %s</h1>", report.plan());
        html.add("<p class=\"of\">database %s, looked at %s</p>", report.database(), report.at());
        if (report.passed()) {
            html.add("<div class=\"verdict\"><p>%s. %s</p></div>", CoverageText.verdict(report), looked());
            return;
        }
        html.add("<div class=\"verdict open\"><p>%s:</p>", CoverageText.verdict(report));
        html.list(report.faults());
        html.add("</div>");
    }

    private String looked() {
        return "Every column should be at least %s; looked at: %s."
                .formatted(
                        report.until().word(),
                        report.concerns().stream().map(c -> c.word()).collect(Collectors.joining(", ")));
    }

    private void columns() {
        html.section("Columns");
        html.table(
                List.of(
                        "",
                        "Column",
                        "Phase",
                        "Decrypt",
                        "Null",
                        "Stale",
                        "In clear by 'where'",
                        "Wrong",
                        "To be mended"),
                report.columns().stream().map(CoveragePage::row).toList());
    }

    private static List<Object> row(Column column) {
        return List.of(
                mark(column.passed()),
                column.fullName(),
                CoverageText.phase(column),
                count(column, r -> r.proven() + r.onlyEncrypted()),
                count(column, Rows::nulls),
                count(column, Rows::stale),
                count(column, Rows::outside),
                count(column, Rows::wrong),
                column.faults().stream().map(Fault::sentence).collect(Collectors.joining(". ")));
    }

    private static Html mark(boolean passed) {
        return passed
                ? new Html().add("<span class=\"good\">%s</span>", "✓")
                : new Html().add("<span class=\"bad\">%s</span>", "✗");
    }

    private static Object count(Column column, ToLongFunction<Rows> which) {
        return column.rows().<Object>map(which::applyAsLong).orElse("");
    }

    private void unplanned() {
        if (!report.unseen().isEmpty()) {
            html.section("What could not be looked at");
            html.list(report.unseen());
        }
        if (report.unplanned().isEmpty()) {
            return;
        }
        html.section("Columns that are in no plan");
        html.table(
                List.of("", "Column", "Why"),
                report.unplanned().stream()
                        .map(u -> List.<Object>of(mark(false), "%s.%s".formatted(u.table(), u.name()), u.why()))
                        .toList());
    }

    private void residue() {
        if (report.residue().isEmpty()) {
            return;
        }
        html.section("Where plaintext may linger");
        html.table(
                List.of("", "Place", "Table", "State", "Why", "What mends it"),
                report.residue().stream().map(CoveragePage::row).toList());
    }

    private static List<Object> row(Trace trace) {
        return List.of(
                trace.state() == Trace.State.PRESENT || trace.state() == Trace.State.CLEAN
                        ? mark(trace.state() == Trace.State.CLEAN)
                        : "",
                trace.place(),
                trace.table().map(Object::toString).orElse("all"),
                trace.state().name().toLowerCase(Locale.ROOT),
                trace.why(),
                trace.mend());
    }

    private void footer() {
        html.add(
                "<footer>%s</footer>",
                "Rows decrypt: while the plaintext is there, to exactly that plaintext; afterwards, and in place, to a value that was"
                        + " sealed for this column. No value and no row key is on this page; 'sealway verify' names wrong rows by"
                        + " their keys.");
    }
}
