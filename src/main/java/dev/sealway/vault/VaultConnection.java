package dev.sealway.vault;

import dev.sealway.error.SealwayException;
import dev.sealway.patience.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A conversation with one Vault: logs in when first asked something, holds the number of requests under way to a limit,
 * replaces a token that ran out, and waits for a Vault that is away.
 *
 * <p>Does not guarantee that an answer comes: after {@link Patience} it gives up with {@link VaultUnavailableException}.
 * Nothing that it throws quotes an answer of Vault's. Thread-safe; holds no connection that has to be closed.
 */
public final class VaultConnection {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 9;
    private static final long IDLE_SECONDS = 30;

    private final VaultSettings settings;
    private final Patience patience;
    private final VaultHttp http;
    private final Tokens tokens;
    private final Semaphore inFlight;
    private final ExecutorService senders;

    private VaultConnection(VaultSettings settings, Patience patience, LongSupplier nanoTime) {
        this.settings = settings;
        this.patience = patience;
        this.http = new VaultHttp(settings);
        this.tokens = new Tokens(settings.login(), new Logins(settings.place(), http), nanoTime);
        this.inFlight = new Semaphore(settings.inFlight());
        this.senders = senders(settings.inFlight());
    }

    /** Asks nothing yet. */
    public static VaultConnection open(VaultSettings settings) {
        Patience patience = new Patience(ATTEMPTS, FIRST_PAUSE, LONGEST_PAUSE, () -> ThreadLocalRandom.current()
                .nextLong());
        return open(settings, patience, System::nanoTime);
    }

    /**
     * As {@link #open(VaultSettings)}, for callers who know better how long to wait.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    public static VaultConnection open(VaultSettings settings, Patience patience, LongSupplier nanoTime) {
        return new VaultConnection(settings, patience, nanoTime);
    }

    private static ExecutorService senders(int most) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread daemon = new Thread(task, "sealway-vault");
                    daemon.setDaemon(true);
                    return daemon;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** How many requests may be under way at once. */
    public int inFlight() {
        return settings.inFlight();
    }

    /** The key-value engine, version 2. */
    public VaultKv kv() {
        return new VaultKv(this);
    }

    /** As messages name it. */
    String place() {
        return settings.place();
    }

    /**
     * Asks until there is an answer that {@code reading} can use.
     *
     * @param reading gets any reply but a denial; throws {@link #failure} for one that it has no use for
     */
    <T> T ask(String doing, Ask ask, Function<Reply, T> reading) {
        return patiently(() -> reading.apply(exchange(doing, ask)));
    }

    <T> T patiently(Supplier<T> work) {
        return patience.retry(work);
    }

    SealwayException failure(String doing, Reply reply) {
        return Statuses.failure(doing, place(), reply);
    }

    /** Once, or twice if the token was denied and there is another; a second denial is final. */
    Reply exchange(String doing, Ask ask) {
        Token token = tokens.current();
        Reply reply = limited(doing, ask, token);
        if (reply.status() != 403) {
            return reply;
        }
        Optional<Token> other = tokens.instead(token);
        Reply second = other.isPresent() ? limited(doing, ask, other.get()) : reply;
        if (second.status() == 403) {
            throw failure(doing, second);
        }
        return second;
    }

    private Reply limited(String doing, Ask ask, Token token) {
        try {
            inFlight.acquire();
        } catch (InterruptedException e) {
            throw interrupted(doing);
        }
        try {
            return http.exchange(doing, ask, Optional.of(token));
        } finally {
            inFlight.release();
        }
    }

    /** All at once, as far as the limit allows; returns or throws when every one has come to its end. */
    <T> List<T> together(String doing, List<? extends Callable<T>> works) {
        List<Future<T>> ended;
        try {
            ended = senders.invokeAll(works);
        } catch (InterruptedException e) {
            throw interrupted(doing);
        }
        List<T> results = new ArrayList<>(ended.size());
        for (Future<T> one : ended) {
            results.add(result(doing, one));
        }
        return results;
    }

    private static <T> T result(String doing, Future<T> ended) {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SealwayException told) {
                throw told;
            }
            throw SealwayException.failed("%s failed within: %s"
                    .formatted(
                            doing,
                            e.getCause() == null
                                    ? "unknown"
                                    : e.getCause().getClass().getSimpleName()));
        } catch (InterruptedException e) {
            throw interrupted(doing);
        }
    }

    private static SealwayException interrupted(String doing) {
        Thread.currentThread().interrupt();
        return SealwayException.failed(
                "%s was interrupted; what was written stays, run it again to continue".formatted(doing));
    }

    @Override
    public String toString() {
        return "VaultConnection[%s]".formatted(place());
    }
}
