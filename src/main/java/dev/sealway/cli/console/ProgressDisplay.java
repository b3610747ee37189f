package dev.sealway.cli.console;

import dev.sealway.progress.Progress;
import java.time.Clock;
import java.util.Map;

/** Chooses how progress is shown. */
public final class ProgressDisplay {
    private static final int DEFAULT_WIDTH = 100;
    private static final int NARROWEST = 40;

    private ProgressDisplay() {}

    /** Bars on a terminal, otherwise a line every few seconds. */
    public static Progress on(Console console, Map<String, String> environment, Clock clock) {
        return console.isTerminal()
                ? new ProgressBars(console, width(environment.getOrDefault("COLUMNS", "")))
                : new ProgressLines(console, clock);
    }

    private static int width(String columns) {
        return columns.matches("\\d{1,4}") ? Math.max(NARROWEST, Integer.parseInt(columns) - 1) : DEFAULT_WIDTH;
    }
}
