package dev.sealway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A connection that breaks, at one boundary after the other; nobody but the server knows what it had committed by then. */
@ExtendWith({PostgresExtension.class, Tally.class})
class CutTest {

    private static final int SAMPLE = 36;

    /** Of so many cuts one is followed by the rest of the life. */
    private static final int TO_THE_END = 7;

    @Test
    @Tag("slow")
    @DisplayName("T01 T04 a connection cut at boundaries of every verb, evenly spread")
    void continuesAfterSomeCuts(TestDatabase database) throws Exception {
        cutEach(database, 60, SAMPLE);
    }

    @Test
    @Tag("chaos")
    @DisplayName("T01 T04 a connection cut at every boundary there is")
    void continuesAfterACutAnywhere(TestDatabase database) throws Exception {
        cutEach(database, Settings.rows(100), Settings.places(Integer.MAX_VALUE));
    }

    private static void cutEach(TestDatabase database, int rows, int most) throws Exception {
        try (Recording recording = Recording.of(database.jdbcUrl(), rows, Lives.ALL);
                Heard heard = new Heard()) {
            List<Place> places = Place.spread(recording.places(Lives.ALL), most, Settings.seed());
            System.out.printf("%d connections are cut, with seed %d%n", places.size(), Settings.seed());
            long made = 0;
            for (int i = 0; i < places.size(); i++) {
                made += cut(recording, places.get(i), i % TO_THE_END == 0, heard) ? 1 : 0;
            }
            assertThat(made).as("cuts of %d", places.size()).isGreaterThanOrEqualTo(places.size() / 2);
            Tally.faults("connection cut at a boundary", made);
        }
    }

    /** @return whether the run came by */
    private static boolean cut(Recording recording, Place place, boolean toTheEnd, Heard heard) throws Exception {
        Cut cut = new Cut(place.boundary());
        Boundaries boundaries = new Boundaries(cut);
        boundaries.enter(place.step().name());
        try (Scene scene = recording.before(place);
                Play play = Play.on(scene, heard, place.step(), Settings.seed())) {
            play.finish(place.step(), boundaries.over(scene.source(Scene.SEALWAY)));
            if (toTheEnd) {
                play.finish(place.following());
            }
            play.requireRight(place);
        }
        return cut.wasMade();
    }
}
