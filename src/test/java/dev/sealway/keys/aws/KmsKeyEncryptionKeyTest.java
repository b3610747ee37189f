package dev.sealway.keys.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import dev.sealway.testing.AwsExtension;
import dev.sealway.testing.AwsServer;
import dev.sealway.testing.KmsKeys;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AwsExtension.class)
class KmsKeyEncryptionKeyTest {

    private static final byte[] MATERIAL = "CANARY".getBytes(UTF_8);
    private static final byte[] PLACE = "sealway/keyset/v1|data/default".getBytes(UTF_8);

    private AwsServer server;

    @BeforeEach
    void reach(AwsServer server) {
        this.server = server;
    }

    @Test
    void unwrapsWhatItWrapped() {
        String id = KmsKeys.newKey(server);
        var key = key(id);

        byte[] wrapped = key.wrap(MATERIAL, PLACE);

        assertThat(new String(wrapped, UTF_8)).doesNotContain("CANARY");
        assertThat(key(id).unwrap(wrapped, PLACE)).isEqualTo(MATERIAL);
        assertThat(key.wrap(new byte[4096], PLACE)).hasSizeGreaterThan(4096);
        assertThat(key.id()).isEqualTo("aws-kms %s", id);
    }

    @Test
    void refusesAnotherPlaceAndAnotherKey() {
        var key = key(KmsKeys.newKey(server));
        var other = key(KmsKeys.newKey(server));
        byte[] wrapped = key.wrap(MATERIAL, PLACE);

        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> key.unwrap(wrapped, "sealway/keyset/v1|token/default".getBytes(UTF_8)))
                .withMessageContainingAll(key.id(), "could not unwrap a keyset")
                .withNoCause();
        assertThatExceptionOfType(SealwayException.class).isThrownBy(() -> other.unwrap(wrapped, PLACE));
        wrapped[wrapped.length - 1] ^= 1;
        assertThatExceptionOfType(SealwayException.class).isThrownBy(() -> key.unwrap(wrapped, PLACE));
    }

    @Test
    void refusesWhatKmsWouldNotTake() {
        var key = key("alias/none");

        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> key.wrap(new byte[4097], PLACE))
                .withMessage(
                        "a keyset of 4097 bytes is too large for aws-kms alias/none, which wraps at most 4096; destroy keys"
                                + " that are no longer used, or split the keyset")
                .satisfies(refused -> assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED));
    }

    @Test
    void tellsAKeyThatIsNotThere() {
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> key("alias/none").wrap(MATERIAL, PLACE))
                .withMessage(
                        "aws-kms alias/none could not wrap a keyset: there is no such key in this account and region;"
                                + " name its alias or its ARN, and its region")
                .withNoCause();
    }

    @Test
    void asksForItsKey() {
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> KmsKeyEncryptionKey.of(Map.of("region", "us-east-1")))
                .withMessageStartingWith("kek aws-kms names no key; say 'key'")
                .satisfies(refused -> assertThat(refused.outcome()).isEqualTo(Outcome.WRONG_USAGE));
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> KmsKeyEncryptionKey.of(Map.of("key", "k", "mount", "m")))
                .withMessage("kek aws-kms has no settings [mount]; it has [endpoint, key, region]");
    }

    private KmsKeyEncryptionKey key(String id) {
        Map<String, String> settings = new HashMap<>(server.settings());
        settings.put("key", id);
        return KmsKeyEncryptionKey.of(settings);
    }
}
