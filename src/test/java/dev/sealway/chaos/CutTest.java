package dev.sealway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A connection that breaks, at each boundary in turn; nobody but the server knows what it had committed by then. */
@ExtendWith({PostgresExtension.class, Tally.class})
class CutTest {

    private static final int ROWS = 60;
    private static final Set<String> WHOLE = Set.of(Step.BACKFILL.name(), Step.CONTRACT.name());

    @Test
    @Tag("slow")
    @DisplayName("T01 T04 a connection cut at every boundary of backfill and contract, and at some of the other verbs")
    void continuesAfterACutBetweenTransactions(TestDatabase database) throws Exception {
        Random random = new Random(Settings.seed());
        cutEach(
                database,
                ROWS,
                place ->
                        place.moment().tellsTheDeadApart() && (WHOLE.contains(place.verb()) || random.nextInt(5) == 0));
    }

    @Test
    @Tag("chaos")
    @DisplayName("T01 T04 a connection cut at every boundary there is")
    void continuesAfterACutAnywhere(TestDatabase database) throws Exception {
        cutEach(database, Settings.rows(200), place -> true);
    }

    private static void cutEach(TestDatabase database, int rows, Predicate<Boundary> wanted) throws Exception {
        for (List<Step> life : Lives.ALL) {
            try (Recording recording = Recording.of(database.jdbcUrl(), rows, life);
                    Heard heard = new Heard()) {
                List<Boundary> places =
                        Lives.places(recording, life).stream().filter(wanted).toList();
                long made = 0;
                for (int i = 0; i < places.size(); i++) {
                    made += cut(recording, life, places.get(i), i % 7 == 0, heard) ? 1 : 0;
                }
                assertThat(made).as("cuts of %d", places.size()).isGreaterThanOrEqualTo(places.size() / 2);
                Tally.faults("connection cut at a boundary", made);
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
