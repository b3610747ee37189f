package dev.sealway.keys.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.keys.KeyNotFoundException;
import dev.sealway.keys.KeyRef;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EnvKeyProviderTest {

    private final EnvKeyProvider provider = new EnvKeyProvider(Map.of("SEALWAY_KEYS", "{\"ı\":1}", "EMPTY", " "));

    @Test
    void fetchesTheVariableInUtf8() {
        try (var material = provider.fetch(KeyRef.of("SEALWAY_KEYS"))) {
            assertThat(material.revealBytes()).isEqualTo("{\"ı\":1}".getBytes(StandardCharsets.UTF_8));
            assertThat(material.version()).isEmpty();
        }
    }

    @Test
    @DisplayName("T30 a missing variable is an error that names the cure")
    void refusesAMissingVariable() {
        for (String name : new String[] {"SEALWAY_KEY", "EMPTY", ""}) {
            assertThatExceptionOfType(KeyNotFoundException.class)
                    .isThrownBy(() -> provider.fetch(KeyRef.of(name)))
                    .withMessage(
                            ("no key bundle in environment variable %s; one is never made silently: set the variable"
                                            + " to the bundle's text, or make one with 'sealway keygen --out FILE'")
                                    .formatted(name));
        }
    }

    @Test
    void isReadOnly() {
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> provider.create(KeyRef.of("NEW"), KeyMaterial.owning(new byte[0], "")))
                .withMessageContaining("'sealway keygen --out FILE'")
                .satisfies(refused -> assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED));
    }
}
