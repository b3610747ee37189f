package dev.sealway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.chaos.Boundary.Moment;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlaceTest {

    private static final List<Step> LIFE = List.of(Step.EXPAND, Step.BACKFILL);
    private static final List<Place> ALL =
            Stream.concat(places(Step.EXPAND, 3), places(Step.BACKFILL, 97)).toList();

    private static Stream<Place> places(Step step, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Place(LIFE, new Boundary(step.name(), Moment.COMMIT, "UPDATE", i)));
    }

    @Test
    void spreadsAChoiceOverEachVerb() {
        for (long seed = -40; seed < 40; seed++) {
            List<Place> some = Place.spread(ALL, 10, seed);
            assertThat(some).doesNotHaveDuplicates().hasSize(11);
            assertThat(some).filteredOn(p -> p.step() == Step.EXPAND).hasSize(1);
            List<Integer> at = some.subList(1, 11).stream()
                    .map(p -> p.boundary().occurrence())
                    .toList();
            assertThat(IntStream.range(1, 10).map(i -> at.get(i) - at.get(i - 1)))
                    .allMatch(distance -> distance == 9 || distance == 10);
        }
    }

    @Test
    void comesToEveryPlaceWithOneSeedOrAnother() {
        List<Place> seen = IntStream.range(0, 10)
                .boxed()
                .flatMap(seed -> Place.spread(ALL, 10, seed).stream())
                .distinct()
                .toList();
        assertThat(seen).hasSizeGreaterThan(90);
    }

    @Test
    void leavesNothingOutWhereThereIsRoom() {
        assertThat(Place.spread(ALL, 100, 5)).isEqualTo(ALL);
    }

    @Test
    void knowsWhatComesBeforeAndAfter() {
        assertThat(ALL.get(0).steps()).containsExactly(Step.EXPAND);
        assertThat(ALL.get(0).following()).containsExactly(Step.BACKFILL);
        assertThat(ALL.get(50).steps()).isEqualTo(LIFE);
        assertThat(ALL.get(50).following()).isEmpty();
    }
}
