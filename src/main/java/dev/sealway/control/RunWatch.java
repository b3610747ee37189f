package dev.sealway.control;

import dev.sealway.control.Beginning.Begun;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Lease;
import dev.sealway.ledger.LeaseHolder;
import dev.sealway.ledger.Leases;
import dev.sealway.ledger.RunControls;
import dev.sealway.ledger.RunOutcome;
import dev.sealway.ledger.Runs;
import dev.sealway.progress.Progress;
import dev.sealway.throttle.Burden;
import dev.sealway.throttle.Gauge;
import dev.sealway.throttle.Limits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Watches over a run from its beginning to its end, on a thread and a session of its own: renews its leases while long
 * statements run, follows what people want of it, and measures what it burdens the server with.
 *
 * <p>Whatever becomes of the watch, every transaction that the run writes looks at its leases itself.
 */
public final class RunWatch implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final long LAST_LOOK_MILLIS = 5_000;

    private final Database database;
    private final Database unchecked;
    private final RunTerms terms;
    private final Progress progress;
    private final SwitchedPace switched;
    private final Session session;
    private final Begun begun;
    private final Fence fence;
    private final RunPace pace;
    private final Gauge gauge;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;
    private Limits limits;
    private String said = "";
    private String told = "";
    private long renewed = System.nanoTime();

    private RunWatch(Database database, RunTerms terms, RunRequest request, SwitchedPace switched, Progress progress) {
        this.database = database;
        this.unchecked = database.unchecked();
        this.terms = terms;
        this.progress = progress;
        this.switched = switched;
        this.limits = terms.limits();
        this.gauge = new Gauge(limits);
        this.session = unchecked.open();
        try {
            this.begun = new Beginning(request, LeaseHolder.here(), terms, progress).in(session);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
        this.fence = new Fence(begun.run(), begun.leases(), terms.lease());
        this.pace = new RunPace(begun.run(), terms.cancelled());
        pace.want(begun.wish());
        this.thread = new Thread(this::watch, "sealway-watch");
        thread.setDaemon(true);
    }

    /**
     * Begins a run.
     *
     * @param database whose writes are refused from now on once a lease is lost
     * @param pace follows the run until it ends
     * @throws LeaseHeldException if another run works on one of the tables
     */
    public static RunWatch begin(
            Database database, RunTerms terms, RunRequest request, SwitchedPace pace, Progress progress) {
        RunWatch watch = new RunWatch(database, terms, request, pace, progress);
        database.check(watch.fence);
        pace.follow(watch.pace);
        watch.thread.start();
        return watch;
    }

    /** The run's id. */
    public long run() {
        return begun.run();
    }

    private void watch() {
        long look = Math.min(LOOK.toMillis(), terms.lease().toMillis() / 4);
        try {
            while (!over.await(look, TimeUnit.MILLISECONDS)) {
                try {
                    look();
                } catch (SealwayException ignored) {
                    // the server is away: the next look asks again, and what the run writes meanwhile is checked anyway
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        boolean current = session.inTransaction(settings(), "watching over a run", this::renewAndListen);
        if (!current) {
            pace.end(new LostLeaseException(run(), begun.leases()));
        }
        measure();
        tell();
    }

    private boolean renewAndListen(Transaction tx) {
        RunControls.in(tx).wish(run()).ifPresent(pace::want);
        String state = pace.state();
        if (!state.equals(said)) {
            RunControls.in(tx).say(run(), state);
            said = state;
        }
        long now = System.nanoTime();
        if (now - renewed < terms.lease().toNanos() / 3) {
            return true;
        }
        Runs.in(tx).moveHere(run());
        boolean current = Leases.in(tx).renew(begun.leases(), terms.lease());
        renewed = now;
        return current;
    }

    private void measure() {
        if (limits.isEmpty()) {
            return;
        }
        try {
            List<Long> tables = begun.leases().stream().map(Lease::table).toList();
            Burden burden = session.inTransaction(
                    TransactionSettings.reading().idleTimeout(terms.lease()),
                    "measuring the burden of a run",
                    tx -> gauge.measure(tx, tables, database.backends(), System.nanoTime()));
            pace.slowDown(pace.slowdown().next(burden, limits));
            gauge.unseen().forEach(progress::notice);
        } catch (SqlFailure e) {
            if (!e.isConnectionLost()) {
                limits = Limits.NONE;
                progress.notice("the run is not throttled any more: %s".formatted(e.getMessage()));
            }
        }
    }

    /** Once for each kind of state; its figures change all the time. */
    private void tell() {
        String state = pace.state();
        String kind = state.replaceAll("[0-9]+", "");
        if (!kind.equals(told) && !state.isEmpty()) {
            progress.notice("run %d is %s".formatted(run(), state));
        } else if (told.startsWith("paused") && state.isEmpty()) {
            progress.notice("run %d goes on".formatted(run()));
        }
        told = kind;
    }

    /** Writes down how the run ended, and gives its tables back. */
    public void end(RunOutcome outcome, String detail) {
        stop();
        try {
            if (thread.isAlive()) {
                unchecked.inTransaction(settings(), "ending a run", tx -> end(tx, outcome, detail));
            } else {
                session.inTransaction(settings(), "ending a run", tx -> end(tx, outcome, detail));
            }
        } catch (SealwayException ignored) {
            // the database is gone; what the run threw says so, and the lease ends by itself
        }
    }

    private TransactionSettings settings() {
        return TransactionSettings.writing().idleTimeout(terms.lease()).repeatable();
    }

    private long end(Transaction tx, RunOutcome outcome, String detail) {
        Runs.in(tx).end(run(), outcome, detail);
        Leases.in(tx).release(begun.leases());
        return run();
    }

    private void stop() {
        database.letOff(fence);
        switched.letGo();
        over.countDown();
        thread.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(LAST_LOOK_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        session.close();
    }
}
