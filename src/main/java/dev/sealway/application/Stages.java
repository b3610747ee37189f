package dev.sealway.application;

import dev.sealway.control.LeaseHeldException;
import dev.sealway.error.SealwayException;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.plan.Selection;
import dev.sealway.workflow.Workflow;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Takes the plan through the stages of a start-up, among other instances that start at the same time: what another one is
 * at is waited for, and what is done is not done again. A run that died holds others up until its lease ends.
 */
final class Stages {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Workflow workflow;
    private final CountDownLatch closed;

    /** @param closed ends all waiting when it is counted down */
    Stages(Workflow workflow, CountDownLatch closed) {
        this.workflow = workflow.cancelledBy(() -> closed.getCount() == 0);
        this.closed = closed;
    }

    /** Goes through a stage, unless it is done; returns early when closed. */
    void pass(Stage stage) {
        while (closed.getCount() > 0 && !isDone(stage)) {
            try {
                run(stage);
                return;
            } catch (LeaseHeldException another) {
                sleep(LOOK);
            }
        }
    }

    void requireBackfilled() {
        workflow.forOneRun().requireBackfilled(Selection.ALL);
    }

    private boolean isDone(Stage stage) {
        return switch (stage) {
            case EXPAND -> isAtLeast(ColumnPhase.EXPANDED);
            case BACKFILL -> isAtLeast(ColumnPhase.BACKFILLED);
            case VERIFY -> isAtLeast(ColumnPhase.VERIFIED);
            case VIEWS -> workflow.hasViews(Selection.ALL);
        };
    }

    private boolean isAtLeast(ColumnPhase phase) {
        return workflow.status(Selection.ALL).columns().stream()
                .allMatch(c -> c.phase().filter(p -> p.isAtLeast(phase)).isPresent());
    }

    private void run(Stage stage) {
        Workflow run = workflow.forOneRun();
        switch (stage) {
            case EXPAND -> run.expand(Selection.ALL);
            case BACKFILL -> check(run.backfill(Selection.ALL));
            case VERIFY -> check(run.verify(Selection.ALL));
            case VIEWS -> run.views(Selection.ALL);
        }
    }

    private static void check(BackfillReport report) {
        if (!report.passed()) {
            throw SealwayException.failed(
                    "rows could not be encrypted, in %s; 'sealway backfill' names them: correct them, and the next start, or the thread in the background, goes on"
                            .formatted(report.tables().stream()
                                    .filter(t -> !t.failures().isEmpty())
                                    .map(t -> t.name().toString())
                                    .collect(Collectors.joining(", "))));
        }
    }

    private static void check(VerifyReport report) {
        if (!report.passed()) {
            throw SealwayException.refused("columns are not verified: %s; 'sealway verify' names their rows"
                    .formatted(report.tables().stream()
                            .flatMap(t -> t.columns().stream()
                                    .filter(c -> !c.passed())
                                    .map(c -> "%s.%s".formatted(t.name(), c.name())))
                            .collect(Collectors.joining(", "))));
        }
    }

    /** Until the time is over, or this is closed. */
    void sleep(Duration time) {
        try {
            closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SealwayException.failed("waiting for another run of Sealway was interrupted; the next start goes on");
        }
    }
}
