package dev.sealway.cli;

import dev.sealway.Sealway;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much is done at once. */
final class BatchOptions {
    private static final int LARGEST = 100_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private @Nullable Integer size;

    @Option(names = "--batch-size", paramLabel = "ROWS", description = "Rows per batch. Default: what the plan says.")
    void size(int rows) {
        if (rows < 1 || rows > LARGEST) {
            throw new ParameterException(
                    command.commandLine(), "--batch-size is %d, but must be 1 to %d".formatted(rows, LARGEST));
        }
        size = rows;
    }

    void tune(Sealway.Builder builder) {
        size().ifPresent(builder::batchSize);
    }

    OptionalInt size() {
        return size == null ? OptionalInt.empty() : OptionalInt.of(size);
    }
}
