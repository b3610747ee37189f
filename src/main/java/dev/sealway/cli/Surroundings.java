package dev.sealway.cli;

import dev.sealway.cli.console.Console;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What a command gets from outside.
 *
 * @param environment the process's variables
 * @param stopping whether the process was told to end
 */
public record Surroundings(
        Console console, Map<String, String> environment, Clock clock, Pause pause, BooleanSupplier stopping) {
    /** Waits. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Where nobody tells the process to end. */
    public Surroundings(Console console, Map<String, String> environment, Clock clock, Pause pause) {
        this(console, environment, clock, pause, () -> false);
    }

    /** Only names variables: their values may be secrets. */
    @Override
    public String toString() {
        return "Surroundings[%s]".formatted(environment.keySet());
    }
}
