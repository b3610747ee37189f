package dev.sealway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A process that is killed, at one boundary after the other; another one takes over. */
@ExtendWith({PostgresExtension.class, Tally.class})
class KillTest {

    private static final int SAMPLE = 4;

    @Test
    @Tag("slow")
    @DisplayName("T04 SIGKILL at some boundaries of each life")
    void continuesAfterSomeKills(TestDatabase database) throws Exception {
        killEach(database, 60, SAMPLE);
    }

    @Test
    @Tag("chaos")
    @DisplayName("T04 SIGKILL at every boundary where the database is in another state")
    void continuesAfterEveryKill(TestDatabase database) throws Exception {
        killEach(database, Settings.rows(200), Integer.MAX_VALUE);
    }

    private static void killEach(TestDatabase database, int rows, int most) throws Exception {
        for (List<Step> life : Lives.ALL) {
            try (Recording recording = Recording.of(database.jdbcUrl(), rows, life);
                    Heard heard = new Heard()) {
                List<Boundary> places = places(recording, life, most);
                Child next = Child.spawn(heard);
                long killed = 0;
                for (Boundary place : places) {
                    Child child = next;
                    next = Child.spawn(heard);
                    killed += kill(recording, life, place, child, heard) ? 1 : 0;
                }
                next.kill();
                assertThat(killed).as("kills of %d", places.size()).isGreaterThanOrEqualTo(places.size() / 2);
                Tally.faults("SIGKILL at a boundary", killed);
            }
        }
    }

    private static List<Boundary> places(Recording recording, List<Step> life, int most) {
        List<Boundary> places = new ArrayList<>(Lives.places(recording, life).stream()
                .filter(b -> b.moment().tellsTheDeadApart())
                .toList());
        if (places.size() > most) {
            Collections.shuffle(places, new Random(Settings.seed()));
        }
        return places.subList(0, Math.min(most, places.size()));
    }

    /** @return whether it was killed there; among writers it may not come by a second or third time */
    private static boolean kill(Recording recording, List<Step> life, Boundary place, Child child, Heard heard)
            throws Exception {
        Step step = Step.valueOf(place.verb());
        try (child;
                Scene scene = recording.before(step).copy();
                Play play = Play.on(scene, heard, step, Settings.seed())) {
            child.put(new Worker.Job(
                    scene.source(Scene.SEALWAY).getURL() + "&user=postgres", List.of(step), Optional.of(place)));
            String sign = child.await();
            child.kill();
            play.finish(Lives.from(life, step));
            play.requireRight(place);
            return sign.equals(Worker.STANDING);
        }
    }
}
