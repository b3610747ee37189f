package dev.sealway.bench.speed;

import dev.sealway.bench.parts.Part;
import dev.sealway.bench.speed.Measurements.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All that was measured in one run.
 *
 * @param machine on what, and with which arguments
 */
record Results(Measurements measured, Costs costs, List<Part> parts, Map<String, String> machine) {

    /** What a migration costs beside its time. */
    record Costs(List<Sizes.Size> sizes, List<Waits> waits, List<Alongside.Beside> besides, List<Guarded> guarded) {}

    /**
     * As a page, its picture, and JSON.
     *
     * @return the page
     */
    String write(Path directory) throws IOException {
        String page = new SpeedPage(this).text();
        Files.writeString(directory.resolve("performance.json"), SpeedJson.of(this));
        Files.writeString(directory.resolve("performance.svg"), new SpeedPicture(this).text());
        Files.writeString(directory.resolve("performance.md"), page);
        return page;
    }

    /** What every contender did, in the order in which they were measured. */
    List<String> rates() {
        return measured.names().stream().filter(n -> measured.rows(n) > 0).toList();
    }

    Spread toFloor(String rate) {
        return measured.ratio(rate, Target.FLOOR_A);
    }

    List<Target> targets() {
        return Target.ALL.stream()
                .filter(t -> measured.has(t.above()) && measured.has(t.below()))
                .toList();
    }

    Spread ratio(Target target) {
        return measured.ratio(target.above(), target.below());
    }
}
