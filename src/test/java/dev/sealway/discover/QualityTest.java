package dev.sealway.discover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the detectors to numbers, on columns of well-known schemas that people labelled before. */
class QualityTest {

    @Test
    void printsBoth() {
        for (var half : List.of("tuned", "heldout")) {
            System.out.println(Quality.of(LabelledColumn.of(half)).row(half));
        }
        if (System.getProperty("mistakes") != null) Quality.mistakes(LabelledColumn.of(System.getProperty("mistakes"))).forEach(System.out::println);
    }
}
