package dev.sealway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.Sealway;
import dev.sealway.audit.AuditVerdict;
import dev.sealway.error.SealwayException;
import dev.sealway.progress.Progress;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * A stretch of a migration's life on a scene among writing applications: whatever breaks a verb off, it is run again, as a
 * person would, until it is through; then every row is compared.
 */
final class Play implements AutoCloseable {

    private static final int ATTEMPTS = 60;

    private final Scene scene;
    private final Heard heard;
    private final Writers writers;

    private Play(Scene scene, Heard heard, Writers writers) {
        this.scene = scene;
        this.heard = heard;
        this.writers = writers;
    }

    static Play on(Scene scene, Heard heard, Step first, long seed) {
        return new Play(scene, heard, Writers.start(scene, first.styles(), seed));
    }

    Writers writers() {
        return writers;
    }

    /** Runs each verb until it passes. */
    void finish(List<Step> steps) throws InterruptedException {
        for (Step step : steps) {
            finish(step, scene.source(Scene.SEALWAY));
        }
    }

    /**
     * Runs a verb until it passes.
     *
     * @return how often it was broken off
     */
    int finish(Step step, DataSource sessions) throws InterruptedException {
        writers.allow(step.styles());
        Sealway sealway = scene.sealing().sealway(sessions, told());
        for (int attempt = 1; ; attempt++) {
            try {
                if (attempt % 4 == 0 && step.wantsSealedRows()) {
                    prepareAgain(sealway);
                }
                Step.Told told = step.run(sealway, scene.folder());
                heard.hear(step + "'s report", told.text());
                if (told.passed()) {
                    return attempt - 1;
                }
                assertThat(attempt)
                        .as("attempts of %s, which says %s", step, told.text())
                        .isLessThan(ATTEMPTS);
            } catch (SealwayException e) {
                heard.hear(e);
                if (attempt == ATTEMPTS) {
                    throw new AssertionError("%s does not end: %s".formatted(step, e.getMessage()), e);
                }
            }
            Thread.sleep(20);
        }
    }

    /** What the message of a contract or a rehearsal that was refused says to do. */
    private void prepareAgain(Sealway sealway) {
        heard.hear("a report", Step.BACKFILL.run(sealway, scene.folder()).text());
        heard.hear("a report", Step.VERIFY.run(sealway, scene.folder()).text());
    }

    private Progress told() {
        return new Progress() {
            @Override
            public void done(String step) {
                heard.hear("a step", step);
            }

            @Override
            public void notice(String text) {
                heard.hear("a notice", text);
            }
        };
    }

    /** Ends all writing, compares every row, and searches all that was heard. */
    Compared compare() throws SQLException, InterruptedException {
        writers.close();
        heard.hearLedger(scene);
        Compared compared = Comparison.of(scene);
        Tally.add(compared, heard.quoting().size());
        return compared;
    }

    /** As {@link #compare}, and nothing may be wrong, nor the audit trail be broken. */
    void requireRight(Object after) throws SQLException, InterruptedException {
        Compared compared = compare();
        assertThat(compared.isRight()).as("after %s: %s", after, compared).isTrue();
        assertThat(heard.quoting()).as("values or keys quoted after %s", after).isEmpty();
        AuditVerdict trail = scene.sealway().audit().verify(List.of(), true);
        assertThat(trail.isWhole()).as("audit trail after %s: %s", after, trail).isTrue();
    }

    @Override
    public void close() throws InterruptedException {
        writers.close();
    }
}
