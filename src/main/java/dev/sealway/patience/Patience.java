package dev.sealway.patience;

import dev.sealway.error.SealwayException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How often and how long to try again what met a lock, a conflict or a service that is away: pauses double from
 * {@code first} to {@code longest}, each shortened by up to a half at random, so that two that collided do not collide
 * again. Where the other side names a pause ({@link MayPass#notBefore}), it is kept, up to a minute. Thread-safe.
 *
 * @param attempts in all, at least 1
 * @param jitter thread-safe
 */
public record Patience(int attempts, Duration first, Duration longest, RandomGenerator jitter) {

    private static final Duration LONGEST_ASKED_FOR = Duration.ofMinutes(1);

    /** @throws SealwayException the last failure, if all attempts failed or it is not one that may pass */
    public <T> T retry(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (SealwayException e) {
                if (!(e instanceof MayPass failure) || !failure.isTransient() || attempt >= attempts) {
                    throw e;
                }
                pause(attempt, failure.notBefore());
            }
        }
    }

    /**
     * The pause after a failed attempt, for who counts attempts himself. Ends early when the thread is interrupted, and
     * keeps its interrupt.
     *
     * @param attempt from 1
     */
    public void pause(int attempt) {
        pause(attempt, Duration.ZERO);
    }

    private void pause(int attempt, Duration notBefore) {
        long millis = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
        long asked = Math.min(LONGEST_ASKED_FOR.toMillis(), notBefore.toMillis());
        try {
            Thread.sleep(Math.max(asked, millis / 2 + jitter.nextLong(millis / 2 + 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
