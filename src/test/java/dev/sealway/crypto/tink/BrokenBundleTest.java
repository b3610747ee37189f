package dev.sealway.crypto.tink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sealway.crypto.KnownAnswers;
import dev.sealway.keys.KeyMaterial;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenBundleTest {

    private static final String GOOD = Bundles.fresh(Algorithm.AES256_GCM);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"sealway_keys\":1 | \"sealway_keys\":2 | sealway_keys is not 1, the only version there is",
                "\"sealway_keys\":1, | `` | sealway_keys is not 1, the only version there is",
                "{\"sealway_keys\" | {\"surplus\":1,\"sealway_keys\" | it has members besides sealway_keys, bundle_id, kek and keysets",
                "\"purpose\":\"aead\" | \"purpose\":\"prf\" | keyset data/default: one of its keys is not HMAC-SHA256 of at least 32 bytes, which purpose prf wants",
                "\"purpose\":\"prf\" | \"purpose\":\"aead\" | keyset token/default: one of its keys is not AES-GCM or XAES-GCM with output prefix TINK, which purpose aead wants",
                "\"purpose\":\"mac\" | \"purpose\":\"streaming-aead\" | keyset audit/default: one of its keys is not AES-GCM-HKDF, which purpose streaming-aead wants",
                "\"purpose\":\"mac\" | \"purpose\":\"sign\" | `keyset audit/default: its purpose is none of aead, prf, mac, streaming-aead`",
                "\"purpose\":\"mac\" | \"purposes\":\"mac\" | `keyset audit/default: it does not consist of 'purpose' and 'keyset'`",
                "\"outputPrefixType\":\"TINK\" | \"outputPrefixType\":\"RAW\" | keyset data/default: one of its keys is not AES-GCM or XAES-GCM with output prefix TINK, which purpose aead wants",
                "\"value\":\" | \"value\":\"AAAA | keyset data/default: its keyset is not one that Tink can read",
                "\"primaryKeyId\":1 | \"primaryKeyId\":91 | keyset data/default: its keyset is not one that Tink can read"
            })
    void tellsTheFault(String found, String replacement, String fault) {
        String published = new String(KnownAnswers.bundle(), UTF_8);
        String good = published.contains(found) ? published : GOOD;

        assertThat(refusal(replaceFirst(good, found, replacement)).faults()).containsExactly(fault);
    }

    @Test
    void tellsAllFaultsAtOnce() {
        String bad = replaceFirst(GOOD, "\"sealway_keys\":1", "\"sealway_keys\":\"1\"");
        bad = replaceFirst(bad, "\"test\"", "\"Not A Name\"");
        bad = replaceFirst(bad, "\"aead\"", "\"mac\"");
        bad = replaceFirst(bad, "token/default", "token default");

        var refused = refusal(bad);

        assertThat(refused.faults()).hasSize(4);
        assertThat(refused)
                .hasMessageStartingWith("the key bundle in a test cannot be used; restore")
                .hasMessageContainingAll(refused.faults().toArray(CharSequence[]::new))
                .hasNoCause();
    }

    @Test
    @DisplayName("T81 no fault tells key material, wherever it stands")
    void neverTellsMaterial() {
        for (String bad : everyKindOfBad()) {
            var refused = refusal(bad);
            assertThat(Bundles.material(GOOD))
                    .allSatisfy(secret -> assertThat(refused.toString()).doesNotContain(secret));
            assertThat(refused).hasNoCause().hasNoSuppressedExceptions();
        }
    }

    private static List<String> everyKindOfBad() {
        List<String> all = new ArrayList<>();
        String value =
                GOOD.substring(GOOD.indexOf("\"value\":\"") + 9, GOOD.indexOf("\"", GOOD.indexOf("\"value\":\"") + 9));
        for (String target : List.of(
                "\"test\"",
                "\"aead\"",
                "\"data/default\"",
                "\"ENABLED\"",
                "\"SYMMETRIC\"",
                "\"TINK\"",
                "\"sealway_keys\"",
                "\"keysets\"",
                "\"purpose\"",
                "\"primaryKeyId\"")) {
            all.add(replaceFirst(GOOD, target, "\"" + value + "\""));
        }
        all.add(value);
        all.add("\"" + value + "\"");
        for (int cut = 1; cut < GOOD.length(); cut += 7) {
            all.add(GOOD.substring(0, cut));
            all.add(GOOD.substring(cut));
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"DISABLED", "DESTROYED", "UNKNOWN_STATUS", "ASLEEP"})
    void refusesAPrimaryKeyThatIsNotInUse(String status) {
        assertThat(refusal(replaceFirst(GOOD, "ENABLED", status)).faults())
                .singleElement()
                .asString()
                .startsWith("keyset data/default: ");
    }

    @Test
    void refusesAKeyIdThatOccursTwice() {
        String both = Bundles.withKeysOf(Bundles.fresh(Algorithm.AES256_GCM), GOOD, "data/default");
        String twice = Bundles.withKeysOf(both, GOOD, "data/default");

        assertThat(refusal(twice).faults())
                .containsExactly("keyset data/default: its keyset is not one that Tink can read");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        var refused = catchThrowableOfType(
                BrokenBundleException.class,
                () -> TinkKeyBundle.open(KeyMaterial.owning(new byte[] {'"', (byte) 0xff, '"'}, ""), "a test"));

        assertThat(refused.faults()).containsExactly("it is not UTF-8");
    }

    private static BrokenBundleException refusal(String json) {
        return catchThrowableOfType(BrokenBundleException.class, () -> Bundles.open(json));
    }

    private static String replaceFirst(String text, String found, String replacement) {
        int at = text.indexOf(found);
        assertThat(at).as(found).isNotNegative();
        return text.substring(0, at) + replacement + text.substring(at + found.length());
    }
}
