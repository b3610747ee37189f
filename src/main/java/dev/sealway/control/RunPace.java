package dev.sealway.control;

import dev.sealway.batch.Pace;
import dev.sealway.error.SealwayException;
import dev.sealway.ledger.RunWish;
import dev.sealway.ledger.RunWish.Wish;
import dev.sealway.throttle.Slowdown;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The pace of one run: waits while it is paused, ends it when it is cancelled or has lost its lease, and slows it down.
 * Thread-safe.
 */
final class RunPace implements Pace {

    /** How often a wait looks whether this process wants to end. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long run;
    private final BooleanSupplier cancelled;

    private final Map<Thread, Turn> taken = new HashMap<>();

    private RunWish wish =
            new RunWish(Wish.GO, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), "", Instant.EPOCH);
    private Slowdown slowdown = Slowdown.NONE;
    private @Nullable SealwayException end;
    private long nextTurn = System.nanoTime();
    private long lastTurn = nextTurn;
    private int lastBatch = Integer.MAX_VALUE;

    /** For so many rows time was taken, at that rate. */
    private record Turn(int rows, OptionalInt perSecond) {}

    RunPace(long run, BooleanSupplier cancelled) {
        this.run = run;
        this.cancelled = cancelled;
    }

    /** What was owed to another rate is forgotten. */
    synchronized void want(RunWish now) {
        nextTurn = now.rowsPerSecond().equals(wish.rowsPerSecond()) ? nextTurn : System.nanoTime();
        wish = now;
        notifyAll();
    }

    synchronized void slowDown(Slowdown now) {
        slowdown = now;
        notifyAll();
    }

    synchronized Slowdown slowdown() {
        return slowdown;
    }

    synchronized void end(SealwayException reason) {
        end = reason;
        notifyAll();
    }

    @Override
    public synchronized void awaitTurn() {
        long begun = System.nanoTime();
        while (true) {
            refuseToGoOn();
            // several that wait pause one after the other
            long due = Math.max(
                    nextTurn, Math.max(begun, lastTurn) + slowdown.pause().toNanos());
            long now = System.nanoTime();
            long left = due - now;
            if (wish.wish() == Wish.GO && left <= 0) {
                lastTurn = now;
                takeTurn(now);
                return;
            }
            await(wish.wish() == Wish.PAUSE ? LOOK_NANOS : Math.min(left, LOOK_NANOS));
        }
    }

    /** Several that write at once must not write a batch each in the time of one, so its time is taken before it is known. */
    private void takeTurn(long now) {
        OptionalInt rate = wish.rowsPerSecond();
        int expected = rate.isPresent() ? Math.min(lastBatch, rate.getAsInt()) : 0;
        taken.put(Thread.currentThread(), new Turn(expected, rate));
        nextTurn = rate.isPresent() ? Math.max(nextTurn, now) + time(expected, rate.getAsInt()) : now;
    }

    private static long time(int rows, int perSecond) {
        return TimeUnit.SECONDS.toNanos(rows) / perSecond;
    }

    private void refuseToGoOn() {
        if (end != null) {
            throw end;
        }
        if (wish.wish() == Wish.CANCEL) {
            throw new RunCancelledException(run, wish.by());
        }
        if (cancelled.getAsBoolean()) {
            throw new RunCancelledException(run, "a signal to its process");
        }
    }

    private void await(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SealwayException.failed(
                    "run %d was interrupted; what is committed stays, run it again to continue".formatted(run));
        }
    }

    @Override
    public synchronized void committed(int walked) {
        Turn turn = taken.remove(Thread.currentThread());
        lastBatch = walked > 0 ? walked : lastBatch;
        if (turn != null && turn.perSecond.equals(wish.rowsPerSecond())) {
            turn.perSecond.ifPresent(rate -> nextTurn += time(walked - turn.rows, rate));
        }
    }

    /** A batch is no larger than what may be done in a second, so that a low rate is one of small steps. */
    @Override
    public synchronized int batchSize(int planned) {
        int wanted = wish.batchSize().orElse(planned);
        OptionalInt rate = wish.rowsPerSecond();
        return rate.isPresent() ? Math.max(1, Math.min(wanted, rate.getAsInt())) : wanted;
    }

    @Override
    public synchronized int workers(int planned) {
        return Math.min(planned, wish.workers().orElse(planned));
    }

    /** What the run is doing, for people; empty while it just works. */
    synchronized String state() {
        String since = "%s since %s".formatted(wish.by(), wish.at().truncatedTo(ChronoUnit.SECONDS));
        return switch (wish.wish()) {
            case PAUSE -> "paused by %s".formatted(since);
            case CANCEL -> "being cancelled by %s".formatted(since);
            case GO ->
                Optional.of(slowdown.reason())
                        .filter(r -> !r.isEmpty())
                        .map("slowed: %s"::formatted)
                        .orElseGet(() -> wish.rowsPerSecond().isPresent()
                                ? "at most %d rows per second"
                                        .formatted(wish.rowsPerSecond().getAsInt())
                                : "");
        };
    }
}
