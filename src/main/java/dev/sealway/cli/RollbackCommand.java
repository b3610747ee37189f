package dev.sealway.cli;

import dev.sealway.cli.report.RehearsalText;
import dev.sealway.cli.report.RollbackText;
import dev.sealway.phase.rehearse.RehearsalReport;
import dev.sealway.workflow.Verb;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Takes everything back: the table is as before expand.",
            "",
            "Before a cut over no plaintext is touched. After it, and after the drop, the plaintext comes back from the",
            "ciphertexts, for which the keys are needed; after the drop with what hung on it. What was encrypted in",
            "place is decrypted in place."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway rollback --dry-run", "  sealway rollback --change 2", "  sealway rollback --rehearse"})
final class RollbackCommand implements Callable<Integer> {
    @Mixin
    private PhaseOptions options;

    @Mixin
    private RehearseOptions way;

    @Mixin
    private WorkerOptions workers;

    @Override
    public Integer call() {
        return way.rehearse() ? rehearse() : rollBack();
    }

    private int rehearse() {
        workers.refuseFor("--rehearse");
        return options.run(new PhaseOptions.Phase<>(
                Verb.REHEARSE,
                sealway -> sealway.rehearse(options.selection(), way.rows()),
                RehearsalText::lines,
                RehearsalReport::passed));
    }

    private int rollBack() {
        return options.run(
                new PhaseOptions.Phase<>(
                        Verb.ROLLBACK,
                        sealway -> sealway.rollback(options.selection()),
                        RollbackText::lines,
                        report -> true),
                workers::tune);
    }
}
