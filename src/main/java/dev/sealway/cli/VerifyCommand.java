package dev.sealway.cli;

import dev.sealway.cli.report.EvidenceText;
import dev.sealway.cli.report.VerifyText;
import dev.sealway.phase.evidence.EvidenceReport;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.workflow.Verb;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Decrypts every row, compares it with its plaintext and stores evidence.",
            "",
            "Ends with exit code 1 if a single row differs.",
            "",
            "With --evidence, also after the drop: decrypts every row and compares with the evidence of the last",
            "verify, chunk by chunk. Rows that were changed since make their chunk differ, which is told and is no",
            "failure; a value that does not decrypt is, with exit code 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealway verify",
            "  sealway verify --column public.users.email --json",
            "  sealway verify --evidence"
        })
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private PhaseOptions options;

    @Mixin
    private BatchOptions batch;

    @Option(names = "--evidence", description = "Compare with the stored evidence instead of the plaintext.")
    private boolean evidence;

    @Option(names = "--strict", description = "With --evidence: exit code 1 also if a chunk differs.")
    private boolean strict;

    @Override
    public Integer call() {
        if (strict && !evidence) {
            throw new ParameterException(command.commandLine(), "--strict goes with --evidence");
        }
        return evidence ? compare() : verify();
    }

    private int compare() {
        return options.run(
                new PhaseOptions.Phase<>(
                        Verb.EVIDENCE,
                        sealway -> sealway.evidence(options.selection()),
                        EvidenceText::lines,
                        strict ? EvidenceReport::isUnchanged : EvidenceReport::passed),
                batch.size());
    }

    private int verify() {
        return options.run(
                new PhaseOptions.Phase<>(
                        Verb.VERIFY,
                        sealway -> sealway.verify(options.selection()),
                        VerifyText::lines,
                        VerifyReport::passed),
                batch.size());
    }
}
