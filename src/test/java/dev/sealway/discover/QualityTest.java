package dev.sealway.discover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the detectors to numbers, on columns of well-known schemas that were labelled before anything was tuned. */
class QualityTest {

    @Test
    void isRightOnTheHalfItWasTunedOn() {
        assertFloors("tuned", 400, 0.97, 0.97);
    }

    /** Nobody may tune on this half: a better number has to come from the other one. */
    @Test
    void isRightOnTheHalfThatItNeverSaw() {
        assertFloors("heldout", 450, 0.95, 0.75);
    }

    private static void assertFloors(String half, int columns, double precision, double recall) {
        var labelled = LabelledColumn.of(half);
        var quality = Quality.of(labelled);
        var mistakes = half.equals("tuned") ? Quality.mistakes(labelled).collect(Collectors.joining("\n")) : "";

        assertThat(quality.columns()).isGreaterThan(columns);
        assertThat(quality.precision()).as("precision\n" + mistakes).isGreaterThan(precision);
        assertThat(quality.recall()).as("recall\n" + mistakes).isGreaterThan(recall);
    }
}
