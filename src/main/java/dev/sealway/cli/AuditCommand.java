package dev.sealway.cli;

import dev.sealway.audit.AuditAnchor;
import dev.sealway.audit.AuditHead;
import dev.sealway.audit.AuditVerdict;
import dev.sealway.cli.report.AuditText;
import dev.sealway.workflow.AuditList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Reads the audit trail: who did what, when, in entries that are chained and signed.",
            "",
            "Every command that writes prints the head of the trail at its end. Keep heads where the database's",
            "administrators cannot reach them: --anchor, or the log of a job."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway audit list", "  sealway audit verify --anchor heads.txt"},
        subcommands = {AuditCommand.ListEntries.class, AuditCommand.Verify.class})
final class AuditCommand implements Runnable {
    private static final int REFUSED = 3;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "a command is missing; 'sealway audit --help' lists them");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description = "Shows entries, the oldest first.",
            footerHeading = "%nExamples:%n",
            footer = {"  sealway audit list --limit 20", "  sealway audit list --since 120 --json"})
    static final class ListEntries implements Callable<Integer> {
        @Spec
        private CommandSpec command;

        @Mixin
        private PlanOptions plan;

        @Mixin
        private ReportOptions output;

        @Option(
                names = "--since",
                paramLabel = "SEQ",
                description = "Only entries after this one. Default: the last ones.")
        private @Nullable Long since;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "100",
                description = "At most so many. Default: ${DEFAULT-VALUE}.")
        private int limit;

        @Override
        public Integer call() {
            if (limit < 1) {
                throw new ParameterException(command.commandLine(), "--limit wants a whole number, 1 or more");
            }
            OptionalLong after = since == null ? OptionalLong.empty() : OptionalLong.of(since);
            plan.report(
                    output, sealway -> sealway.audit().list(after, limit), (AuditList list) -> AuditText.lines(list));
            return 0;
        }
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description = {
                "Computes every hash and checks every signature, and compares the heads that --anchor kept.",
                "",
                "Ends with exit code 3 if the trail is not what was written, and names the first entry that is wrong.",
                "Entries that were cut off the end are noticed only with an anchor that knows them."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  sealway audit verify --anchor heads.txt", "  sealway audit verify --strict --json"})
    static final class Verify implements Callable<Integer> {
        @Spec
        private CommandSpec command;

        @Mixin
        private PlanOptions plan;

        @Mixin
        private ReportOptions output;

        @Option(
                names = "--strict",
                description = "Exit code 3 also if an entry is not signed, or signatures not checked.")
        private boolean strict;

        @Option(
                names = "--without-keys",
                description = "Leave signatures unchecked: whoever has no keys can check hashes.")
        private boolean withoutKeys;

        @Override
        public Integer call() {
            List<AuditHead> anchors = plan.anchor(SealwayCommand.surroundings(command))
                    .map(file -> new AuditAnchor(file).heads())
                    .orElse(List.of());
            AuditVerdict verdict = plan.report(
                    output,
                    sealway -> sealway.audit().verify(anchors, !withoutKeys),
                    (AuditVerdict found) -> AuditText.lines(found));
            return (strict ? verdict.isWholeAndSigned() : verdict.isWhole()) ? 0 : REFUSED;
        }
    }
}
