package dev.sealway.planfile;

import dev.sealway.crypto.Ciphers;
import dev.sealway.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the plan says for all its tables. */
record Defaults(int batchSize, String keyset, String cipher) {

    /** What holds where the plan says nothing. */
    static final Defaults STANDARD = new Defaults(10_000, "data/default", Ciphers.TINK);

    private static final List<String> KEYS = List.of("batch-size", "keyset", "cipher");

    static Defaults read(YamlValue value, CipherNames ciphers) {
        YamlMap map = YamlMap.closed(value, KEYS, "{ batch-size: %d }".formatted(STANDARD.batchSize));
        int batchSize = map.value("batch-size")
                .map(v -> v.wholeNumber(1, Plan.MAX_BATCH_SIZE))
                .orElse(OptionalInt.empty())
                .orElse(STANDARD.batchSize);
        Optional<String> keyset = map.value("keyset").flatMap(YamlValue::text);
        Optional<String> cipher = map.value("cipher").flatMap(ciphers::read);
        return new Defaults(batchSize, keyset.orElse(STANDARD.keyset), cipher.orElse(STANDARD.cipher));
    }
}
