package dev.sealway.jdbc;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How often and how long to try again what met a lock, a deadlock or a conflict: pauses double from {@code first} to
 * {@code longest}, each shortened by up to a half at random, so that two that collided do not collide again.
 *
 * @param attempts in all, at least 1
 * @param jitter thread-safe
 */
public record Patience(int attempts, Duration first, Duration longest, RandomGenerator jitter) {

    /** @throws SqlFailure the last failure, if all attempts failed or it is not one that may pass */
    public <T> T retry(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (SqlFailure e) {
                if (!e.isTransient() || attempt >= attempts) {
                    throw e;
                }
                pauseAfter(attempt);
            }
        }
    }

    private void pauseAfter(int attempt) {
        long millis = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
        try {
            Thread.sleep(millis / 2 + jitter.nextLong(millis / 2 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
