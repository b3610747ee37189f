package dev.sealway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A connection that breaks, at each boundary in turn; nobody but the server knows what it had committed by then. */
@ExtendWith({PostgresExtension.class, Tally.class})
class CutTest {

    private static final int ROWS = 60;

    @Test
    @Tag("slow")
    @DisplayName("T01 T04 a connection cut wherever the database is in another state")
    void continuesAfterACutBetweenTransactions(TestDatabase database) throws Exception {
        cutEach(database, ROWS, boundary -> boundary.moment().tellsTheDeadApart());
    }

    @Test
    @Tag("chaos")
    @DisplayName("T01 T04 a connection cut at every boundary there is")
    void continuesAfterACutAnywhere(TestDatabase database) throws Exception {
        cutEach(database, Settings.rows(200), boundary -> true);
    }

    private interface Wanted {
        boolean includes(Boundary boundary);
    }

    private static void cutEach(TestDatabase database, int rows, Wanted wanted) throws Exception {
        for (List<Step> life : List.of(Lives.FORWARD, Lives.BACK)) {
            try (Recording recording = Recording.of(database.jdbcUrl(), rows, life);
                    Heard heard = new Heard()) {
                Stream<Boundary> places = recording.boundaries().stream().filter(wanted::includes);
                // the verbs that both lives have are cut in the first
                List<Boundary> cuts = life == Lives.FORWARD
                        ? places.toList()
                        : places.filter(b -> b.verb().equals(Step.ROLLBACK.name()))
                                .toList();
                long made = 0;
                for (int i = 0; i < cuts.size(); i++) {
                    made += cut(recording, life, cuts.get(i), i % 7 == 0, heard) ? 1 : 0;
                }
                assertThat(made).as("cuts of %d", cuts.size()).isGreaterThan(cuts.size() * 9L / 10);
                Tally.faults("cut at a boundary", made);
            }
        }
    }

    /** @return whether the run came by */
    private static boolean cut(Recording recording, List<Step> life, Boundary place, boolean toTheEnd, Heard heard)
            throws Exception {
        Step step = Step.valueOf(place.verb());
        Cut cut = new Cut(place);
        Boundaries boundaries = new Boundaries(cut);
        boundaries.enter(step.name());
        try (Scene scene = recording.before(step).copy();
                Play play = Play.on(scene, heard, step, Settings.seed())) {
            play.finish(step, boundaries.over(scene.source(Scene.SEALWAY)));
            if (toTheEnd) {
                List<Step> rest = Lives.from(life, step);
                play.finish(rest.subList(1, rest.size()));
            }
            play.requireRight(place);
        }
        return cut.wasMade();
    }
}
