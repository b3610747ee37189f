package dev.sealway.planfile;

import dev.sealway.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the plan says for all its tables. */
record Defaults(int batchSize, String keyset) {

    /** What holds where the plan says nothing. */
    static final Defaults STANDARD = new Defaults(5_000, "data/default");

    private static final List<String> KEYS = List.of("batch-size", "keyset");

    static Defaults read(YamlValue value) {
        YamlMap map = YamlMap.closed(value, KEYS, "{ batch-size: %d }".formatted(STANDARD.batchSize));
        int batchSize = map.value("batch-size")
                .map(v -> v.wholeNumber(1, Plan.MAX_BATCH_SIZE))
                .orElse(OptionalInt.empty())
                .orElse(STANDARD.batchSize);
        Optional<String> keyset = map.value("keyset").flatMap(YamlValue::text);
        return new Defaults(batchSize, keyset.orElse(STANDARD.keyset));
    }
}
