package dev.sealway.cli;

import dev.sealway.cli.console.Console;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in an orderly way when its process is told to: what walks a table ends after the batch under way.
 * Whatever takes longer is cut off, and continues when it is run again. Thread-safe.
 */
final class Stop {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean asked;

    boolean isAsked() {
        return asked;
    }

    /** The command is through. */
    void ended() {
        ended.countDown();
    }

    /** Called by the virtual machine on its way down. */
    void askAndAwait(Console console) {
        if (ended.getCount() == 0) {
            return;
        }
        asked = true;
        console.besideADocument()
                .notice("Interrupted: ending after the batch under way, within %d s".formatted(PATIENCE.toSeconds()));
        try {
            ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
