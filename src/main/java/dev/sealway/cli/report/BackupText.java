package dev.sealway.cli.report;

import dev.sealway.backup.BackupCheckReport;
import dev.sealway.backup.BackupReport;
import dev.sealway.cli.console.Figures;
import dev.sealway.cli.console.TextTable;
import java.util.ArrayList;
import java.util.List;

/** What was exported, and what is in a file, for people. */
public final class BackupText {
    private BackupText() {}

    public static List<String> lines(BackupReport report) {
        TextTable table = TextTable.of(3, "table", "columns", "file", "rows", "size", "key id");
        report.tables()
                .forEach(t -> table.row(
                        t.name(),
                        String.join(", ", t.columns()),
                        t.file(),
                        Figures.count(t.rows()),
                        Figures.bytes(t.bytes()),
                        t.keyId()));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add("%s in %s, each read back to its end. Keep the keys elsewhere: without them the files are lost."
                .formatted(Figures.count(report.tables().size(), "file"), report.directory()));
        return lines;
    }

    public static List<String> lines(BackupCheckReport report) {
        BackupReport.Table backup = report.backup();
        return List.of(
                "%s is whole: %s of %s (%s), taken at %s."
                        .formatted(
                                backup.file(),
                                Figures.count(backup.rows(), "row"),
                                backup.name(),
                                String.join(", ", backup.columns()),
                                backup.takenAt()),
                "Sealed by key %d of %s.".formatted(backup.keyId(), backup.keeper()),
                "SHA-256: %s".formatted(backup.sha256()),
                report.manifest() ? "Its manifest agrees." : "It has no manifest beside it; it does without.",
                report.recorded()
                        ? "The ledger of this database knows it."
                        : "The ledger of this database does not know it: was the database restored from before?");
    }
}
