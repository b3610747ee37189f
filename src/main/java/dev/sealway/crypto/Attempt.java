package dev.sealway.crypto;

import dev.sealway.error.SealwayException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What became of one item of a batch: others may have come out otherwise.
 *
 * @param <T> what an item becomes
 */
public sealed interface Attempt<T> {

    record Done<T>(T result) implements Attempt<T> {}

    /** @param failure in words that quote no value; trying this item again will not help */
    record Failed<T>(SealwayException failure) implements Attempt<T> {}

    /** The result of {@code step}, or how it failed. */
    static <T> Attempt<T> of(Supplier<T> step) {
        try {
            return new Done<>(step.get());
        } catch (SealwayException e) {
            return new Failed<>(e);
        }
    }

    /** What {@code step} makes of the result; a failure stays, and one of {@code step} takes its place. */
    default <R> Attempt<R> then(Function<T, R> step) {
        if (this instanceof Done<T> done) {
            return of(() -> step.apply(done.result()));
        }
        return new Failed<>(((Failed<T>) this).failure());
    }

    /** @throws SealwayException if this item failed */
    default T orThrow() {
        if (this instanceof Done<T> done) {
            return done.result();
        }
        throw ((Failed<T>) this).failure();
    }
}
