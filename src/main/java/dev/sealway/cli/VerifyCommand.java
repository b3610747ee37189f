package dev.sealway.cli;

import dev.sealway.cli.report.EvidenceText;
import dev.sealway.cli.report.VerifyText;
import dev.sealway.coverage.CoverageReport;
import dev.sealway.phase.evidence.EvidenceReport;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.report.CoverageText;
import dev.sealway.workflow.Verb;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
            "failure; a value that does not decrypt is, with exit code 1.",
            "",
            "With --report, for builds: looks only, and changes nothing. Decrypts every row, holds every column to --until,",
            "looks for personal data in no plan and for plaintext that should be gone, and writes what it found into DIR as",
            "a page, as JSON and as JUnit's XML. Exit code 1 if anything does not hold."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealway verify",
            "  sealway verify --column public.users.email --json",
            "  sealway verify --evidence",
            "  sealway verify --report target/sealway --until contracted"
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

    @ArgGroup(exclusive = false)
    private @Nullable CoverageOptions coverage;

    @Override
    public Integer call() {
        if (strict && !evidence) {
            throw new ParameterException(command.commandLine(), "--strict goes with --evidence");
        }
        if (coverage != null) {
            return look(coverage);
        }
        return evidence ? compare() : verify();
    }

    private int look(CoverageOptions asked) {
        if (evidence || options.isDryRun()) {
            throw new ParameterException(
                    command.commandLine(), "--report changes nothing, and goes with neither --evidence nor --dry-run");
        }
        return options.run(
                new PhaseOptions.Phase<>(
                        Verb.VERIFY,
                        sealway -> asked.look(sealway, options.selection()),
                        CoverageText::lines,
                        CoverageReport::passed),
                batch::tune);
    }

    private int compare() {
        return options.run(
                new PhaseOptions.Phase<>(
                        Verb.EVIDENCE,
                        sealway -> sealway.evidence(options.selection()),
                        EvidenceText::lines,
                        strict ? EvidenceReport::isUnchanged : EvidenceReport::passed),
                batch::tune);
    }

    private int verify() {
        return options.run(
                new PhaseOptions.Phase<>(
                        Verb.VERIFY,
                        sealway -> sealway.verify(options.selection()),
                        VerifyText::lines,
                        VerifyReport::passed),
                batch::tune);
    }
}
