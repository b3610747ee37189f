package dev.sealway.migration;

import dev.sealway.Sealway;
import dev.sealway.error.SealwayException;
import dev.sealway.migration.MigrationSettings.Backfill;
import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.phase.contract.ContractReport;
import dev.sealway.phase.cutover.CutOverReport;
import dev.sealway.phase.rehearse.RehearsalReport;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.phase.views.ViewsReport;
import dev.sealway.plan.PlannedMigration.Phase;
import dev.sealway.plan.Selection;
import java.util.List;
import java.util.function.Consumer;

/** Carries out the phases of a migration; a report that says no becomes an exception, so that the tool records nothing. */
final class PhaseRunner {

    /** Rows that are named one by one in a message. */
    private static final int NAMED_ROWS = 20;

    private final Sealway sealway;
    private final Selection selection;
    private final MigrationSettings settings;
    private final Consumer<String> log;

    PhaseRunner(Sealway sealway, Course course, Consumer<String> log) {
        this.sealway = sealway;
        this.selection = course.selection();
        this.settings = course.settings();
        this.log = log;
    }

    void run(Phase phase) {
        switch (phase) {
            case EXPAND -> sealway.expand(selection);
            case BACKFILL -> backfill();
            case VERIFY -> check(sealway.verify(selection));
            case VIEWS -> tell(sealway.views(selection));
            case CUT_OVER -> tell(sealway.cutOver(selection, settings.soak()));
            case REHEARSE -> check(sealway.rehearse(selection, Sealway.REHEARSAL_ROWS));
            case CONTRACT -> tell(sealway.contract(selection, settings.contractTerms()));
        }
    }

    private void backfill() {
        if (settings.backfill() == Backfill.REQUIRE) {
            sealway.requireBackfilled(selection);
            log.accept("The backfill is complete (sealway.backfill=require: it was done elsewhere)");
        } else {
            check(sealway.backfill(selection));
        }
    }

    private static void check(BackfillReport report) {
        List<String> failures = report.tables().stream()
                .flatMap(t -> t.failures().stream().map(row -> "%s, %s".formatted(t.name(), row.words())))
                .toList();
        if (!report.passed()) {
            throw SealwayException.failed(
                    "%d rows could not be encrypted; correct them and run again, which continues:%s"
                            .formatted(failures.size(), first(failures)));
        }
    }

    private static void check(VerifyReport report) {
        List<String> wrong = report.tables().stream()
                .flatMap(t -> t.columns().stream()
                        .filter(c -> !c.passed())
                        .map(c -> "%s.%s: %d rows are wrong, %d not encrypted yet; %s"
                                .formatted(
                                        t.name(),
                                        c.name(),
                                        c.mismatched(),
                                        c.dirty(),
                                        String.join("; ", c.examples()))))
                .toList();
        if (!report.passed()) {
            throw SealwayException.refused("%d columns are not verified; nothing may be dropped until they are:%s"
                    .formatted(wrong.size(), first(wrong)));
        }
    }

    private void check(RehearsalReport report) {
        List<String> problems = report.tables().stream()
                .flatMap(t -> t.problems().stream().map(p -> "%s: %s".formatted(t.name(), p)))
                .toList();
        if (!report.passed()) {
            throw SealwayException.failed(
                    "the way back does not hold, so nothing may be dropped:%s".formatted(first(problems)));
        }
        report.tables()
                .forEach(t -> t.untried().forEach(u -> log.accept("%s: a copy cannot try %s".formatted(t.name(), u))));
    }

    private void tell(ViewsReport report) {
        report.views().forEach(view -> view.limits().forEach(limit -> log.accept(view.name() + ": " + limit)));
    }

    private void tell(CutOverReport report) {
        report.notices().forEach(log);
    }

    private void tell(ContractReport report) {
        report.residue().forEach(residue -> log.accept("Plaintext lingers: " + residue));
    }

    private static String first(List<String> lines) {
        String named = "\n  " + String.join("\n  ", lines.subList(0, Math.min(NAMED_ROWS, lines.size())));
        return lines.size() > NAMED_ROWS ? named + "\n  and %d more".formatted(lines.size() - NAMED_ROWS) : named;
    }
}
