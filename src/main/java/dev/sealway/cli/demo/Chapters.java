package dev.sealway.cli.demo;

import dev.sealway.cli.console.Console;
import dev.sealway.cli.console.Figures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Numbers the demo's sections, and says how far the clock is. Not thread-safe. */
final class Chapters {
    private final Console console;
    private final Clock clock;
    private final Instant began;
    private int number;

    Chapters(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
        this.began = clock.instant();
    }

    void open(String title) {
        number++;
        console.heading(
                "%d. %s  [%s]".formatted(number, title, Figures.time(Duration.between(began, clock.instant()))));
    }
}
