package dev.sealway.crypto.tink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.StreamCipher;
import dev.sealway.crypto.StreamKey;
import dev.sealway.error.SealwayException;
import dev.sealway.testing.RemoteKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamCipherTest {

    private static final byte[] PLACE = "here".getBytes(UTF_8);

    private final String json = Bundles.fresh(Algorithm.AES256_GCM);
    private final TinkKeyBundle bundle = Bundles.open(json);
    private final StreamCipher cipher = bundle.streams(KeyBundle.BACKUP_KEYSET);

    @Test
    void opensWhatItSealed() throws IOException {
        byte[] text = "0123456789abcdef".repeat(200_000).getBytes(UTF_8);
        byte[] sealed = seal(cipher, text);
        assertThat(new String(sealed, ISO_8859_1)).doesNotContain("0123456789abcdef");
        assertThat(open(cipher, sealed, PLACE)).isEqualTo(text);
        assertThat(cipher.info().name()).isEqualTo("backup/default");
        assertThat(cipher.info().keyIds()).containsExactly(cipher.info().primaryKeyId());
    }

    @Test
    void opensWhatAnOlderKeySealed() throws IOException {
        byte[] sealed = seal(cipher, PLACE);
        var newer = Bundles.open(Bundles.withKeysOf(Bundles.fresh(Algorithm.AES256_GCM), json, "backup/default"));
        assertThat(open(newer.streams("backup/default"), sealed, PLACE)).isEqualTo(PLACE);
    }

    @Test
    void refusesWhatWasCutAlteredOrBelongsElsewhere() throws IOException {
        byte[] sealed = seal(cipher, new byte[3 << 20]);
        byte[] altered = sealed.clone();
        altered[2 << 20] ^= 1;
        assertThatThrownBy(() -> open(cipher, altered, PLACE)).isInstanceOf(IOException.class);
        for (int length : new int[] {sealed.length - 1, 1 << 20, 2 << 20, 30, 0}) {
            assertThatThrownBy(() -> open(cipher, Arrays.copyOf(sealed, length), PLACE))
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> open(cipher, Arrays.copyOf(sealed, sealed.length + 1), PLACE))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> open(cipher, sealed, "there".getBytes(UTF_8))).isInstanceOf(IOException.class);
        var stranger = Bundles.open(Bundles.fresh(Algorithm.AES256_GCM)).streams("backup/default");
        assertThatThrownBy(() -> open(stranger, sealed, PLACE)).isInstanceOf(IOException.class);
    }

    @Test
    void wrapsAKeysetForEachStream() throws IOException {
        WrappedStreams streams = new WrappedStreams(new RemoteKey());
        StreamKey one = streams.begin("one");
        StreamKey two = streams.begin("two");
        byte[] sealed = seal(one.cipher(), PLACE);

        assertThat(one.keeper()).isEqualTo("remote kek");
        assertThat(open(streams.find("one", one.keeper(), one.wrapped()), sealed, PLACE))
                .isEqualTo(PLACE);
        assertThatThrownBy(() -> open(two.cipher(), sealed, PLACE)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> streams.find("two", one.keeper(), one.wrapped()))
                .isInstanceOf(SealwayException.class);
        assertThatThrownBy(() -> new WrappedStreams(new RemoteKey()).find("one", one.keeper(), one.wrapped()))
                .isInstanceOf(SealwayException.class);
        assertThatThrownBy(() -> streams.find("one", "another kek", one.wrapped()))
                .hasMessage("one was sealed under another kek, but at hand is remote kek; name that one in the plan");
        assertThatThrownBy(() -> streams.find("one", one.keeper(), Optional.empty()))
                .isInstanceOf(SealwayException.class);
    }

    @Test
    void tagsAndKnowsItsTags() {
        byte[] tag = bundle.mac(KeyBundle.AUDIT_KEYSET).tag(PLACE);
        var rotated = Bundles.open(Bundles.withKeysOf(Bundles.fresh(Algorithm.AES256_GCM), json, "audit/default"));

        assertThat(rotated.mac("audit/default").accepts(tag, PLACE)).isTrue();
        assertThat(bundle.mac("audit/default").accepts(tag, new byte[0])).isFalse();
        assertThat(bundle.mac("audit/default")
                        .accepts(rotated.mac("audit/default").tag(PLACE), PLACE))
                .isFalse();
        assertThatThrownBy(() -> bundle.mac("backup/default")).isInstanceOf(SealwayException.class);
        assertThatThrownBy(() -> bundle.streams("audit/default")).isInstanceOf(SealwayException.class);
    }

    @Test
    void computesWithAKeyThatIsNotPrimaryAnyMore() {
        long key = bundle.keysets().get(2).primaryKeyId();
        byte[] once = bundle.prf("evidence/default").compute(PLACE, 32);
        var rotated = Bundles.open(Bundles.withKeysOf(Bundles.fresh(Algorithm.AES256_GCM), json, "evidence/default"));

        assertThat(rotated.prf("evidence/default").compute(PLACE, 32)).isNotEqualTo(once);
        assertThat(rotated.prf("evidence/default", key).compute(PLACE, 32)).isEqualTo(once);
        assertThatThrownBy(() -> bundle.prf("evidence/default", key ^ 1))
                .hasMessageContaining("has no key %d that is enabled".formatted(key ^ 1));
    }

    private static byte[] seal(StreamCipher cipher, byte[] text) throws IOException {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (var out = cipher.sealing(sealed, PLACE)) {
            out.write(text);
        }
        return sealed.toByteArray();
    }

    private static byte[] open(StreamCipher cipher, byte[] sealed, byte[] place) throws IOException {
        try (var in = cipher.opening(new ByteArrayInputStream(sealed), place)) {
            return in.readAllBytes();
        }
    }
}
