package dev.sealway.batch;

import java.util.concurrent.TimeUnit;

/**
 * Lets as many of those who walk at once write as are wanted at the moment; the others wait between two batches, with what
 * they have. Thread-safe.
 */
public final class Hands {

    /** How often one that waits asks again. */
    private static final long LOOK_MILLIS = TimeUnit.SECONDS.toMillis(1) / 10;

    private final Pace pace;
    private final int planned;
    private int writing;

    /** @param planned how many there are */
    Hands(Pace pace, int planned) {
        this.pace = pace;
        this.planned = planned;
    }

    /** How many there are. */
    int planned() {
        return planned;
    }

    /** Waits; one that is interrupted does not wait any longer, and keeps its interrupt. Then {@link #giveBack} is due. */
    synchronized void take() {
        while (writing >= Math.max(1, pace.workers(planned))
                && !Thread.currentThread().isInterrupted()) {
            try {
                wait(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        writing++;
    }

    synchronized void giveBack() {
        writing--;
        notifyAll();
    }
}
