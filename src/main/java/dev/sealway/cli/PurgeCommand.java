package dev.sealway.cli;

import dev.sealway.cli.report.PurgeText;
import dev.sealway.phase.purge.PurgeReport;
import dev.sealway.phase.purge.PurgeTerms;
import dev.sealway.workflow.Verb;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "purge",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Rewrites the files that keep plaintext after the drop, and tells what is left.",
            "",
            "VACUUM FULL locks everybody out of a table while it is rewritten. A rewrite that takes longer than",
            "--max-lock is taken back, and the exit code is 1. What this role or server does not allow is residual."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway purge --dry-run", "  sealway purge --max-lock 20m --wal"})
final class PurgeCommand implements Callable<Integer> {
    @Mixin
    private PhaseOptions options;

    @Option(
            names = "--max-lock",
            paramLabel = "DURATION",
            converter = Age.class,
            description = "How long one table may be locked: 90s, 20m, 2h. Default: 1m.")
    private @Nullable Duration maxLock;

    @Option(
            names = "--wal",
            description = "Also write on until no older segment of the write-ahead log is left; a superuser may.")
    private boolean wal;

    @Override
    public Integer call() {
        PurgeTerms terms = new PurgeTerms(maxLock == null ? PurgeTerms.USUAL_LOCK : maxLock, wal);
        return options.run(new PhaseOptions.Phase<>(
                Verb.PURGE,
                sealway -> sealway.purge(options.selection(), terms),
                PurgeText::lines,
                PurgeReport::passed));
    }
}
