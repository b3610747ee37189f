package dev.sealway.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.sealway.bench.parts.Part;
import dev.sealway.bench.speed.Measurements.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A long run must not end in a report that cannot be written. */
class ResultsTest {

    private static final Spread THREE = Spread.of(DoubleStream.of(3, 1, 2));
    private static final Spread NOTHING = Spread.of(DoubleStream.of(Double.NaN));

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        Measurements measured = new Measurements();
        for (double seconds : new double[] {2, 4, 5}) {
            measured.add(Target.FLOOR_A, 1_000, seconds);
            measured.add(Ours.WALK, 1_000, 2 * seconds);
        }
        measured.put(Alongside.p99(Alongside.ALONE), 4);
        measured.put(Alongside.p99(Alongside.GENTLE), 5);
        measured.put(Alongside.p99(Alongside.LIMITED), Double.NaN);
        Results.Costs costs = new Results.Costs(
                List.of(new Sizes.Size(10_000, 14_800, 8_279, 25_587, 24, 974, 383)),
                List.of(new Waits(10_000, 12, 83, 9, Double.NaN, 40, 31)),
                List.of(
                        new Alongside.Beside(Alongside.ALONE, THREE, THREE, THREE, THREE),
                        new Alongside.Beside(Alongside.FULL_SPEED, THREE, NOTHING, NOTHING, NOTHING)),
                List.of(new Guarded("another column", 500, 550)));
        Map<String, String> machine = Map.of("rows", "1000", "rounds", "3", "processors", "2");
        new Results(measured, costs, List.of(new Part("seal", 1.132, 0.72)), machine).write(directory);
    }

    @Test
    void writesAPage() throws IOException {
        assertThat(read("performance.md"))
                .contains("make bench BENCH_ROWS=1000 ROUNDS=3\n")
                .contains("| Sealway: walk | 1,000 | 125 | 0.50 | – |\n")
                .contains("| walk / floor A | ≥ 1.20 | **0.50** | – | missed |\n")
                .contains("/ alone | ≤ 1.50 | **1.25** | – | reached |\n")
                .contains("| 10,000 | 14,800 | 8,279 | 25,587 | 24 | 974 | 383 |\n")
                .contains("| 10,000 | 12 | 83 | 9 | – | 40 | 31 |\n")
                .contains("| alone | 2 | 2.00 | 2.00 | 1.00 – 3.00 | 3.0 |\n")
                .contains("| another column | 500 | 550 | 1.10 |\n")
                .contains("| seal | 1.132 | ± 0.720 |\n");
    }

    @Test
    void writesJson() throws IOException {
        var json = JsonParser.parseString(read("performance.json")).getAsJsonObject();

        assertThat(json.keySet())
                .containsExactly(
                        "machine",
                        "measured",
                        "targets",
                        "sizes",
                        "longest_waits",
                        "beside_an_application",
                        "guard",
                        "parts");
        assertThat(json.getAsJsonArray("measured").get(1).toString()).isEqualTo("""
                        {"name":"Sealway: walk","rows":1000,"rows_per_second":[100,125,250],"to_floor_a":[0.500,0.500,0.500]}""");
        assertThat(json.getAsJsonArray("longest_waits")
                        .get(0)
                        .getAsJsonObject()
                        .get("views_ms")
                        .isJsonNull())
                .isTrue();
    }

    @Test
    void drawsABarForEachRate() throws IOException {
        assertThat(read("performance.svg"))
                .startsWith("<svg ")
                .endsWith("</svg>\n")
                .contains(">Sealway: walk</text>", "width=\"190.0\" height=\"14\" fill=\"#1f6f54\"");
    }

    private String read(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }
}
