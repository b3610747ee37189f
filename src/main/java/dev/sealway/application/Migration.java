package dev.sealway.application;

import dev.sealway.control.RunCancelledException;
import dev.sealway.error.SealwayException;
import dev.sealway.plan.Selection;
import dev.sealway.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A migration that an application's start-up began. Several instances may begin it at once: one does each step, the others
 * wait for it or go on, and none fails for it.
 *
 * <p>In the background a daemon thread works, under the lease that every run has: when its process dies, another instance's
 * thread takes over after the lease, or the next start does. What can pass is tried again, after a pause that grows from a
 * second to a minute; a refusal waits for people and the next start. Both are logged and told by {@link #health}.
 * Thread-safe.
 */
public final class Migration implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LAST_BATCH = Duration.ofSeconds(35);

    private final Workflow workflow;
    private final StartUp terms;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Stages stages;
    private final @Nullable Thread thread;
    private volatile boolean done;
    private volatile Optional<String> failure = Optional.empty();

    private Migration(Workflow workflow, StartUp terms) {
        this.workflow = workflow;
        this.terms = terms;
        this.stages = new Stages(workflow, closed);
        this.thread =
                terms.backfill() == StartUp.Backfill.BACKGROUND ? new Thread(this::work, "sealway-migration") : null;
    }

    /** @throws SealwayException if what is to be done before the application serves is refused or fails */
    public static Migration start(Workflow workflow, StartUp terms) {
        Migration migration = new Migration(workflow, terms);
        migration.stages.pass(Stage.EXPAND);
        Thread background = migration.thread;
        if (background == null) {
            migration.goOn();
            migration.done = true;
        } else {
            background.setDaemon(true);
            background.start();
        }
        return migration;
    }

    private void goOn() {
        for (Stage stage : List.of(Stage.BACKFILL, Stage.VERIFY, Stage.VIEWS)) {
            if (stage.compareTo(terms.until()) <= 0) {
                if (stage == Stage.BACKFILL && terms.backfill() == StartUp.Backfill.REQUIRE) {
                    stages.requireBackfilled();
                } else {
                    stages.pass(stage);
                }
            }
        }
    }

    private void work() {
        Duration pause = FIRST_PAUSE;
        while (closed.getCount() > 0 && goesOn()) {
            stages.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Whether another attempt may help. */
    private boolean goesOn() {
        try {
            goOn();
            done = closed.getCount() > 0;
            failure = Optional.empty();
            return false;
        } catch (RunCancelledException e) {
            if (closed.getCount() > 0) {
                tell(e.getMessage());
            }
            return false;
        } catch (SealwayException e) {
            tell(e.getMessage());
            return e.outcome() == SealwayException.Outcome.FAILED;
        } catch (RuntimeException | Error e) {
            // its message may quote a value
            tell("the migration in the background ended with %s"
                    .formatted(e.getClass().getName()));
            return false;
        }
    }

    private void tell(@Nullable String what) {
        failure = Optional.of(String.valueOf(what));
        LOG.warn("{}", what);
    }

    /**
     * How it is doing, by the ledger.
     *
     * @throws SealwayException if the database does not answer
     */
    public Health health() {
        return Health.of(state(), workflow.forOneRun().status(Selection.ALL), failure);
    }

    private Health.State state() {
        if (failure.isPresent()) {
            return Health.State.FAILED;
        }
        if (done) {
            return Health.State.DONE;
        }
        return closed.getCount() > 0 ? Health.State.RUNNING : Health.State.STOPPED;
    }

    /**
     * Waits for what is done in the background.
     *
     * @return whether it has ended, in whatever way
     */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        if (thread == null) {
            return true;
        }
        thread.join(atMost.toMillis());
        return !thread.isAlive();
    }

    /** Ends what is done in the background after its present batch; the next start goes on there. */
    @Override
    public void close() {
        closed.countDown();
        try {
            awaitEnd(LAST_BATCH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
