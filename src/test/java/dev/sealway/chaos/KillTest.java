package dev.sealway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A process that is killed, at one boundary after the other; another one takes over. */
@ExtendWith({PostgresExtension.class, Tally.class})
class KillTest {

    private static final int SAMPLE = 14;

    /** Of so many kills one is followed by the rest of the life. */
    private static final int TO_THE_END = 5;

    @Test
    @Tag("slow")
    @DisplayName("T04 SIGKILL at boundaries of every verb, evenly spread")
    void continuesAfterSomeKills(TestDatabase database) throws Exception {
        killEach(database, 60, SAMPLE);
    }

    @Test
    @Tag("chaos")
    @DisplayName("T04 SIGKILL at every boundary where the database is in another state")
    void continuesAfterEveryKill(TestDatabase database) throws Exception {
        killEach(database, Settings.rows(100), Settings.places(Integer.MAX_VALUE));
    }

    private static void killEach(TestDatabase database, int rows, int most) throws Exception {
        try (Recording recording = Recording.of(database.jdbcUrl(), rows, Lives.ALL);
                Heard heard = new Heard()) {
            List<Place> telling = recording.places(Lives.ALL).stream()
                    .filter(p -> p.boundary().moment().tellsTheDeadApart())
                    .toList();
            List<Place> places = Place.spread(telling, most, Settings.seed());
            System.out.printf("%d processes are killed, with seed %d%n", places.size(), Settings.seed());
            Child next = Child.spawn(heard);
            long killed = 0;
            for (int i = 0; i < places.size(); i++) {
                Child child = next;
                next = Child.spawn(heard);
                killed += kill(recording, places.get(i), child, i % TO_THE_END == 0, heard) ? 1 : 0;
            }
            next.kill();
            assertThat(killed).as("kills of %d", places.size()).isGreaterThanOrEqualTo(places.size() / 2);
            Tally.faults("SIGKILL at a boundary", killed);
        }
    }

    /** @return whether it was killed there; among writers it may not come by a second or third time */
    private static boolean kill(Recording recording, Place place, Child child, boolean toTheEnd, Heard heard)
            throws Exception {
        try (child;
                Scene scene = recording.before(place);
                Play play = Play.on(scene, heard, place.step(), Settings.seed())) {
            child.put(
                    Worker.Job.of(scene.address(), scene.folder(), place.step()).standingAt(place.boundary()));
            String sign = child.await();
            child.kill();
            play.finish(List.of(place.step()));
            if (toTheEnd) {
                play.finish(place.following());
            }
            play.requireRight(place);
            return sign.equals(Worker.STANDING);
        }
    }
}
