package dev.sealway.cli;

import dev.sealway.Sealway;
import picocli.CommandLine.Option;

/** How the way back is tried. */
final class RehearseOptions {
    @Option(
            names = "--rehearse",
            description = "Only try the way back from the drop, on a copy of some rows that is rolled back.")
    private boolean rehearse;

    @Option(
            names = "--rows",
            paramLabel = "ROWS",
            description = "Rows of each table that are rehearsed with. Default: ${DEFAULT-VALUE}.",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
    private int rows = Sealway.REHEARSAL_ROWS;

    boolean rehearse() {
        return rehearse;
    }

    int rows() {
        return rows;
    }
}
