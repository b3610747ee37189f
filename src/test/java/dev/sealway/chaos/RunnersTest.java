package dev.sealway.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.chaos.Worker.Job;
import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two runners of one table: one that lives, or died here or elsewhere, or was frozen for longer than its lease. */
@ExtendWith({PostgresExtension.class, Tally.class})
class RunnersTest {

    private static final int ROWS = 300;
    private static final int REST_MILLIS = 80;
    private static final String TAKEN_OVER = "SELECT count(*) FROM sealway.audit WHERE event = 'lease.taken_over'";
    private static final String SESSIONS =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = '%s'"
                    .formatted(Scene.SEALWAY);

    private final Random random = new Random(Settings.seed());

    private interface Encounter {
        void meet(Scene scene, Play play, Child first) throws Exception;
    }

    @Test
    @Tag("slow")
    @DisplayName("T04 two runners, a dead one, one dead elsewhere, and a frozen one")
    void survivesEachEncounterOnce(TestDatabase database) throws Exception {
        survive(database, 1);
    }

    @Test
    @Tag("chaos")
    @DisplayName("T04 two runners, dead and frozen ones, again and again")
    void survivesEachEncounterAgainAndAgain(TestDatabase database) throws Exception {
        survive(database, 8);
    }

    private void survive(TestDatabase database, int times) throws Exception {
        try (Heard heard = new Heard();
                Snapshot expanded = Snapshot.expanded(database.jdbcUrl(), ROWS, Sealing.HERE)) {
            for (int i = 0; i < times; i++) {
                meet(expanded, heard, "second runner refused by name", this::refusesTheSecond);
                meet(expanded, heard, "lease of a dead runner taken over", this::takesOverFromTheDead);
                meet(expanded, heard, "lease of a runner dead elsewhere waited for", this::waitsForTheDeadElsewhere);
                meet(expanded, heard, "runner frozen for longer than its lease", this::fencesTheFrozen);
            }
        }
    }

    private void meet(Snapshot expanded, Heard heard, String kind, Encounter encounter) throws Exception {
        try (Scene scene = expanded.open();
                Play play = Play.on(scene, heard, Step.BACKFILL, random.nextInt());
                Child first = Child.spawn(heard)) {
            first.put(Job.of(scene.address(), scene.folder(), Step.BACKFILL).resting(REST_MILLIS));
            scene.awaitRun();
            Thread.sleep(random.nextInt(REST_MILLIS * 5));
            encounter.meet(scene, play, first);
            play.finish(List.of(Step.BACKFILL, Step.VERIFY));
            play.requireRight(kind);
            Tally.fault(kind);
        }
    }

    private void refusesTheSecond(Scene scene, Play play, Child first) throws Exception {
        assertThatThrownBy(() -> scene.sealway().backfill(Selection.ALL))
                .isInstanceOfSatisfying(
                        SealwayException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.REFUSED))
                .hasMessageContaining("another run of Sealway works on public.people: run ")
                .hasMessageContaining("process %d".formatted(first.pid()));
        assertThat(first.sign().get(1, TimeUnit.MINUTES)).isEqualTo(Worker.ENDED);
    }

    private void takesOverFromTheDead(Scene scene, Play play, Child first) throws Exception {
        first.kill();
        scene.await(SESSIONS, "0");
        assertThat(backfill(scene)).noneMatch(told -> told.contains("which is waited for"));
        assertThat(scene.value(TAKEN_OVER)).isEqualTo("1");
    }

    private void waitsForTheDeadElsewhere(Scene scene, Play play, Child first) throws Exception {
        first.kill();
        scene.await(SESSIONS, "0");
        scene.execute("UPDATE sealway.lease SET host = 'elsewhere', expires_at = clock_timestamp() + interval '1.5 s'");
        assertThat(backfill(scene)).anyMatch(told -> told.contains("which is waited for"));
        assertThat(scene.value(TAKEN_OVER)).isEqualTo("1");
    }

    private void fencesTheFrozen(Scene scene, Play play, Child first) throws Exception {
        first.freeze();
        scene.await("SELECT count(*) FROM sealway.lease WHERE expires_at < clock_timestamp()", "1");
        play.finish(List.of(Step.BACKFILL, Step.VERIFY));
        first.thaw();
        assertThat(first.sign().get(1, TimeUnit.MINUTES)).isEqualTo(Worker.FAILED);
        assertThat(scene.value(TAKEN_OVER)).isEqualTo("1");
    }

    /** @return the notices */
    private static List<String> backfill(Scene scene) {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        Progress telling = new Progress() {
            @Override
            public void notice(String text) {
                told.add(text);
            }
        };
        scene.sealing().sealway(scene.source(Scene.SEALWAY), telling).backfill(Selection.ALL);
        return told;
    }
}
