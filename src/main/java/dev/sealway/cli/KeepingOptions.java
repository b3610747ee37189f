package dev.sealway.cli;

import dev.sealway.workflow.Keeping;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What becomes of a changed key bundle. */
final class KeepingOptions {
    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the new bundle to this new file instead of replacing it where it lives.")
    private @Nullable Path out;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    Keeping keeping() {
        return new Keeping(Optional.ofNullable(out), dryRun);
    }
}
