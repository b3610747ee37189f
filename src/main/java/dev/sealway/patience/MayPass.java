package dev.sealway.patience;

import java.time.Duration;

/** What an exception says of itself if the same work may succeed when it is tried again a little later. */
public interface MayPass {

    /** Whether this one may pass; others of its kind may be for good. */
    boolean isTransient();

    /** What the other side asked to be left alone for; zero if it did not say. */
    default Duration notBefore() {
        return Duration.ZERO;
    }
}
