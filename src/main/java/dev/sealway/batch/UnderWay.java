package dev.sealway.batch;

import dev.sealway.error.SealwayException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Work that other threads do, whose outcomes are taken in the order in which it was begun. One thread may add while
 * another takes.
 *
 * @param <T> an outcome
 */
public final class UnderWay<T> {

    private final String doing;
    private final BlockingQueue<Future<T>> begun = new LinkedBlockingQueue<>();

    /** @param doing for messages, as {@code reading ahead} */
    public UnderWay(String doing) {
        this.doing = doing;
    }

    public void add(Future<T> outcome) {
        begun.add(outcome);
    }

    /** How many outcomes were not taken yet. */
    public int size() {
        return begun.size();
    }

    /** Takes all outcomes that are there, and waits for none: of work that nobody does any more. */
    public void drain(Consumer<T> taker) {
        for (Future<T> outcome = begun.poll(); outcome != null; outcome = begun.poll()) {
            if (outcome.isDone()) {
                taken(outcome).ifPresent(taker);
            }
        }
    }

    private static <T> Optional<T> taken(Future<T> done) {
        try {
            return Optional.of(done.get());
        } catch (ExecutionException | InterruptedException | CancellationException e) {
            return Optional.empty();
        }
    }

    /**
     * Waits for the oldest.
     *
     * @throws SealwayException as the work threw it, or if the thread that waits is interrupted
     */
    public T next() {
        @Nullable Future<T> oldest = null;
        try {
            oldest = begun.take();
            return oldest.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SealwayException failure) {
                throw failure;
            }
            String what =
                    e.getCause() == null ? "unknown" : e.getCause().getClass().getSimpleName();
            throw SealwayException.failed("%s failed: %s".formatted(doing, what));
        } catch (InterruptedException e) {
            if (oldest != null) {
                // its outcome may still come, and is to be found
                begun.add(oldest);
            }
            Thread.currentThread().interrupt();
            throw SealwayException.failed(
                    "%s was interrupted; what is committed stays, run it again to continue".formatted(doing));
        }
    }
}
