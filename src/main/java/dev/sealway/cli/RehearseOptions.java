package dev.sealway.cli;

import dev.sealway.Sealway;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the way back is tried. */
final class RehearseOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--rehearse",
            description = "Only try the way back from the drop, on a copy of some rows that is rolled back.")
    private boolean rehearse;

    @Option(
            names = "--rows",
            paramLabel = "ROWS",
            description = "Rows of each table that are rehearsed with. Default: " + Sealway.REHEARSAL_ROWS + ".")
    private @Nullable Integer rows;

    /** @throws ParameterException if only the options of a rehearsal are there: what follows would be no rehearsal */
    boolean rehearse() {
        if (rows != null && !rehearse) {
            throw new ParameterException(command.commandLine(), "--rows goes with --rehearse");
        }
        return rehearse;
    }

    int rows() {
        return rows == null ? Sealway.REHEARSAL_ROWS : rows;
    }
}
