package dev.sealway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.testing.AwsExtension;
import dev.sealway.testing.AwsServer;
import dev.sealway.testing.Overheard;
import dev.sealway.testing.StoredSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(AwsExtension.class)
class KeygenToAwsTest {

    private final String secret = "sealway/cli/%s".formatted(UUID.randomUUID());
    private AwsServer server;

    @TempDir
    private Path directory;

    @BeforeEach
    void reach(AwsServer server) {
        this.server = server;
    }

    @Test
    @DisplayName("T31, T81 makes a bundle in a secret, and neither the output nor the log has key material")
    void makesABundleInASecret() {
        try (Overheard overheard = new Overheard()) {
            var typed = intoTheSecret();

            assertThat(typed.code()).isZero();
            assertThat(typed.out()).contains("Key bundle shop is in aws-secrets-manager %s.".formatted(secret));
            overheard.hear(typed);
            var material = KeygenCommandTest.material(StoredSecrets.read(server, secret));
            assertThat(material)
                    .allSatisfy(m -> assertThat(overheard.quoting(m)).isEmpty());
        }
    }

    @Test
    @DisplayName("T31 never overwrites a secret")
    void neverOverwritesASecret() {
        assertThat(intoTheSecret().code()).isZero();
        String before = StoredSecrets.read(server, secret);

        var again = intoTheSecret();

        assertThat(again.code()).isEqualTo(3);
        assertThat(again.err()).contains("never overwritten");
        assertThat(StoredSecrets.read(server, secret)).isEqualTo(before);
    }

    @Test
    void makesABundleWhereThePlanSays() throws IOException {
        Path plan = Files.writeString(directory.resolve("sealway.yaml"), """
                sealway: 1
                name: shop
                keys: { provider: aws-secrets-manager, ref: %s, region: us-east-1, endpoint: '%s' }
                tables:
                  public.customers: { columns: { email: {} } }
                """.formatted(secret, server.endpoint()));

        var typed = Typed.of("keygen", "--plan", plan.toString(), "--json");

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("\"place\": \"aws-secrets-manager %s\"".formatted(secret));
        assertThat(StoredSecrets.read(server, secret)).startsWith("{\"sealway_keys\":1,");
    }

    @Test
    void refusesASettingThatTheProviderDoesNotHave() {
        var typed = Typed.of("keygen", "--provider", "aws-secrets-manager", "--ref", secret, "--set", "reign=x");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("reign: unknown key; known are provider, ref, kek, region, endpoint, field");
    }

    private Typed intoTheSecret() {
        return Typed.of(
                "keygen",
                "--bundle",
                "shop",
                "--provider",
                "aws-secrets-manager",
                "--ref",
                secret,
                "--set",
                "region=us-east-1",
                "--set",
                "endpoint=%s".formatted(server.endpoint()));
    }
}
