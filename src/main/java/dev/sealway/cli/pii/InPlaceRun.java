package dev.sealway.cli.pii;

import dev.sealway.Sealway;
import dev.sealway.backup.BackupReport;
import dev.sealway.cli.console.Console;
import dev.sealway.cli.console.Figures;
import dev.sealway.cli.report.BackfillText;
import dev.sealway.cli.report.BackupText;
import dev.sealway.cli.report.VerifyText;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.plan.Selection;
import dev.sealway.plan.TableName;
import dev.sealway.workflow.PlanReport;
import dev.sealway.workflow.StatusReport;
import dev.sealway.workflow.Verb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The life of tables in place, from the check of the plan to the proof, told while it goes on. */
public final class InPlaceRun {
    private final Sealway sealway;
    private final Console console;

    public InPlaceRun(Sealway sealway, Console console) {
        this.sealway = sealway;
        this.console = console;
    }

    /** @param backups where exports go, of tables that have not been encrypted before */
    public InPlaceReport run(List<PlannedType> types, Path backups) {
        Selection selection = PlannedType.selection(types);
        check(selection);
        sealway.expand(selection);
        List<String> files = backUp(types, backups);
        BackfillReport backfill = encrypt(types, selection);
        console.heading("Verify");
        boolean verified = verify(selection);
        console.heading("Result");
        return InPlaceReport.of(types.stream().map(t -> counted(t, backfill)).toList(), verified, files);
    }

    /** Says what {@link #run} would do. */
    public List<String> preview(List<PlannedType> types, Path backups) {
        Selection selection = PlannedType.selection(types);
        check(selection);
        List<String> steps = new ArrayList<>(sealway.preview(Verb.EXPAND, selection));
        List<PlannedType> waiting = waiting(types);
        if (!waiting.isEmpty()) {
            sealway.preview(Verb.BACKUP, PlannedType.selection(waiting))
                    .forEach(step -> steps.add("%s, in %s".formatted(step, backups)));
        }
        types.forEach(t -> steps.add("walk %s, encrypting in place what is in clear".formatted(t.table())));
        types.forEach(t -> steps.add("decrypt every value of %s for proof".formatted(t.table())));
        return steps;
    }

    private void check(Selection selection) {
        console.heading("Plan");
        PlanReport plan = sealway.check(selection);
        console.done("Plan %s fits the database: %s in place"
                .formatted(plan.plan(), Figures.count(plan.columns().size(), "column")));
        plan.notices().forEach(console::notice);
    }

    /** Not yet backfilled as a whole; of the others there is a backup from before. */
    private List<PlannedType> waiting(List<PlannedType> types) {
        Set<TableName> tables = sealway.status(PlannedType.selection(types)).columns().stream()
                .filter(c ->
                        !c.phase().map(p -> p.isAtLeast(ColumnPhase.BACKFILLED)).orElse(false))
                .map(StatusReport.Column::table)
                .collect(Collectors.toSet());
        return types.stream().filter(t -> tables.contains(t.table())).toList();
    }

    private List<String> backUp(List<PlannedType> types, Path directory) {
        List<PlannedType> waiting = waiting(types);
        if (waiting.isEmpty()) {
            return List.of();
        }
        console.heading("Backup");
        BackupReport report = sealway.backup(PlannedType.selection(waiting), directory);
        console.lines(BackupText.lines(report));
        return report.tables().stream().map(BackupReport.Table::file).toList();
    }

    /** The walk's batches are told by {@link BatchLines} meanwhile. */
    private BackfillReport encrypt(List<PlannedType> types, Selection selection) {
        console.heading("Encrypt");
        BackfillReport report = sealway.backfill(selection);
        report.tables().stream()
                .filter(t -> t.caughtUp() > 0)
                .forEach(t -> console.line("  %s: %s encrypted that came or changed behind the walk"
                        .formatted(word(types, t.name()), Figures.count(t.caughtUp(), "row"))));
        if (!report.passed()) {
            console.lines(BackfillText.lines(report));
        } else if (report.tables().stream().allMatch(t -> t.written() + t.caughtUp() == 0)) {
            console.line("  Nothing was left to encrypt.");
        }
        return report;
    }

    private static String word(List<PlannedType> types, TableName table) {
        return types.stream()
                .filter(t -> t.table().equals(table))
                .map(PlannedType::word)
                .findFirst()
                .orElse(table.toString());
    }

    private boolean verify(Selection selection) {
        VerifyReport report = sealway.verify(selection);
        console.lines(VerifyText.lines(report));
        return report.passed();
    }

    private static InPlaceReport.Type counted(PlannedType type, BackfillReport report) {
        long encrypted = 0;
        long skipped = 0;
        long failed = 0;
        for (BackfillReport.Table table : report.tables()) {
            if (table.name().equals(type.table())) {
                encrypted += table.written() + table.caughtUp();
                skipped += table.alreadySealed().orElse(0L);
                failed += table.failures().stream().map(f -> f.key()).distinct().count();
            }
        }
        return new InPlaceReport.Type(type.word(), type.table(), new InPlaceReport.Counts(encrypted, skipped, failed));
    }
}
