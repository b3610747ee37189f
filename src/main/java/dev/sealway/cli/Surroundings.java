package dev.sealway.cli;

import dev.sealway.cli.console.Console;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * What a command gets from outside.
 *
 * @param environment the process's variables
 */
public record Surroundings(Console console, Map<String, String> environment, Clock clock, Pause pause) {
    /** Waits. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Only names variables: their values may be secrets. */
    @Override
    public String toString() {
        return "Surroundings[%s]".formatted(environment.keySet());
    }
}
