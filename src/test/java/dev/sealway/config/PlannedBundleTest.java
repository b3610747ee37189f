package dev.sealway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.keys.HeldBundle;
import dev.sealway.testing.Life;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannedBundleTest {

    private final PlannedBundle bundle = new PlannedBundle(
            new KeySources(new VaultConnections(Map.of("SEALWAY_KEYS", Life.freshKeys()))),
            Life.plan("tables: { public.people: { columns: { email: {} } } }"));

    @Test
    void adoptsWhatWasFetchedWhileNobodyChangedIt() {
        long before = bundle.changes();
        KeyBundle known = bundle.get();
        try (HeldBundle held = bundle.fetch()) {
            assertThat(bundle.adopt(before, held.bundle())).isTrue();
            assertThat(bundle.get()).isSameAs(held.bundle()).isNotSameAs(known);
            assertThat(bundle.changes()).isNotEqualTo(before);
        }
    }

    @Test
    void doesNotPutBackWhatWasLetGoOfDuringTheFetch() {
        long before = bundle.changes();
        try (HeldBundle held = bundle.fetch()) {
            bundle.forget();
            KeyBundle rotated = bundle.get();
            assertThat(bundle.adopt(before, held.bundle())).isFalse();
            assertThat(bundle.get()).isSameAs(rotated);
        }
    }
}
