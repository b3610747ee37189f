package dev.sealway.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KnownAnswers;
import dev.sealway.crypto.Mac;
import dev.sealway.crypto.tink.TinkKeyBundle;
import dev.sealway.json.Json;
import dev.sealway.keys.KeyMaterial;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published certificates, which another implementation of the format has signed. */
class PublishedCertificateTest {

    static Stream<KnownAnswers.Answer> certificates() {
        return KnownAnswers.audit("certificates").stream();
    }

    @ParameterizedTest
    @MethodSource("certificates")
    void acceptsThePublishedSignature(KnownAnswers.Answer answer) {
        String document = "{\"signature\":{\"mac\":\"%s\",\"sha256\":\"%s\"},\"certificate\":%s}"
                .formatted(answer.text("mac"), answer.text("sha256"), Json.pretty(Json.parse(answer.text("text"))));
        SignedCertificate read = SignedCertificate.read(document, "a test");
        assertThat(read.isWhole()).isTrue();
        assertThat(read.isSignedWith(mac())).isTrue();
        SignedCertificate altered = SignedCertificate.read(document.replace("shop", "ship"), "a test");
        assertThat(altered.isWhole()).isFalse();
        assertThat(altered.isSignedWith(mac())).isFalse();
    }

    private static Mac mac() {
        byte[] bundle = KnownAnswers.auditBundle().getBytes(StandardCharsets.UTF_8);
        return TinkKeyBundle.open(KeyMaterial.owning(bundle, ""), "a test").mac(KeyBundle.AUDIT_KEYSET);
    }
}
