package dev.sealway.cli.report;

import dev.sealway.cli.console.Figures;
import dev.sealway.cli.console.TextTable;
import dev.sealway.phase.estimate.EstimateReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a backfill will cost, for people. */
public final class EstimateText {
    private EstimateText() {}

    public static List<String> lines(EstimateReport report) {
        TextTable table = TextTable.of(1, "table", "rows", "sampled", "time", "table grows by", "WAL", "batch size");
        report.tables()
                .forEach(t -> table.row(
                        t.name(),
                        Figures.count(t.rows()),
                        Figures.count(t.sampledRows()),
                        Figures.time(t.time()),
                        Figures.bytes(t.tableGrowth()),
                        Figures.bytes(t.walBytes()),
                        Figures.count(t.batchSize())));
        List<String> lines = new ArrayList<>(table.lines());
        Duration total =
                report.tables().stream().map(EstimateReport.Table::time).reduce(Duration.ZERO, Duration::plus);
        lines.add("");
        lines.add("Together about %s, one table after the other; measured on a sample whose writes were rolled back."
                .formatted(Figures.time(total)));
        return lines;
    }
}
