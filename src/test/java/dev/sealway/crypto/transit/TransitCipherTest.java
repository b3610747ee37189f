package dev.sealway.crypto.transit;

import static dev.sealway.crypto.transit.TransitFixture.plaintext;
import static dev.sealway.crypto.transit.TransitFixture.plaintexts;
import static dev.sealway.crypto.transit.TransitFixture.results;
import static dev.sealway.crypto.transit.TransitFixture.row;
import static dev.sealway.crypto.transit.TransitFixture.rows;
import static dev.sealway.crypto.transit.TransitFixture.texts;
import static dev.sealway.crypto.transit.TransitFixture.unbound;
import static dev.sealway.crypto.transit.TransitFixture.values;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.CiphertextForm;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.crypto.OpenFailedException.Reason;
import dev.sealway.crypto.Plaintext;
import dev.sealway.error.SealwayException;
import dev.sealway.testing.vault.Vaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TransitCipherTest {

    private final TransitFixture vault = new TransitFixture();
    private final TransitCipher cipher = vault.cipher();

    @AfterEach
    void stop() {
        vault.close();
    }

    private static OpenFailedException failure(Attempt<?> attempt) {
        return (OpenFailedException) ((Attempt.Failed<?>) attempt).failure();
    }

    @Test
    void opensWhatItSealedWhateverTheValue() {
        List<String> values = List.of("", "a", "käy € 漢 𝄞", "x".repeat(100_000));
        List<byte[]> sealed = results(cipher.sealAll(plaintexts(values), rows(4)));
        assertThat(sealed)
                .allSatisfy(one -> assertThat(new String(one, US_ASCII)).matches(CiphertextForm.TRANSIT_PATTERN));
        assertThat(texts(cipher.openAll(sealed, rows(4)))).isEqualTo(values);
        assertThat(cipher.open(cipher.seal(plaintext("one"), row(1)), row(1))).isEqualTo(plaintext("one"));
    }

    @Test
    void understandsOthersWhoUseTheKeyWithoutAssociatedData() {
        String theirs = (String) vault.admin
                .post("transit/encrypt/shop", Map.of("plaintext", "aGVsbG8="))
                .data()
                .get("ciphertext");
        assertThat(cipher.open(theirs.getBytes(US_ASCII), AssociatedData.none()))
                .isEqualTo(plaintext("hello"));
        String ours = new String(cipher.seal(plaintext("hello"), AssociatedData.none()), US_ASCII);
        assertThat(vault.admin
                        .post("transit/decrypt/shop", Map.of("ciphertext", ours))
                        .data()
                        .get("plaintext"))
                .isEqualTo("aGVsbG8=");
    }

    @Test
    @DisplayName("T51 a ciphertext of another row is refused by its associated data")
    void refusesACiphertextOfAnotherRow() {
        byte[] victims = cipher.seal(plaintext("CANARY"), row(1));
        assertThatThrownBy(() -> cipher.open(victims, row(2)))
                .isInstanceOf(OpenFailedException.class)
                .hasMessage(
                        "the ciphertext of key 1 does not authenticate: it was altered, or it belongs to another column or row");
        assertThatThrownBy(() -> cipher.open(victims, AssociatedData.none())).isInstanceOf(OpenFailedException.class);
    }

    @Test
    void failsAloneWhereItemsFail() {
        List<byte[]> mixed = new ArrayList<>(results(cipher.sealAll(plaintexts(values(4)), unbound(4))));
        mixed.set(1, "vault:v1:hello".getBytes(US_ASCII));
        mixed.set(
                2,
                new String(mixed.get(2), US_ASCII)
                        .replace("vault:v1:", "vault:v7:")
                        .getBytes(US_ASCII));
        mixed.add(results(cipher.sealAll(plaintexts(values(1)), rows(1))).get(0));
        List<Attempt<Plaintext>> opened = cipher.openAll(mixed, unbound(5));
        assertThat(opened.get(0).orThrow()).isEqualTo(plaintext("CANARY-0"));
        assertThat(failure(opened.get(1)).reason()).isEqualTo(Reason.NOT_A_CIPHERTEXT);
        assertThat(failure(opened.get(2)).reason()).isEqualTo(Reason.UNKNOWN_KEY);
        assertThat(failure(opened.get(2)))
                .hasMessageStartingWith("the ciphertext was made with version 7 of key transit/shop");
        assertThat(opened.get(3).orThrow()).isEqualTo(plaintext("CANARY-3"));
        assertThat(failure(opened.get(4)).reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
    }

    @Test
    void neverSendsWhatIsNoCiphertextToBeOpened() {
        cipher.primaryPrefix();
        int before = vault.fake.requests().size();
        Attempt<?> opened =
                cipher.openAll(List.of("CANARY".getBytes(US_ASCII)), unbound(1)).get(0);
        assertThat(failure(opened)).hasMessage("6 bytes do not have the form of a ciphertext");
        assertThat(vault.fake.requests()).hasSize(before);
    }

    @Test
    @DisplayName("T53 a missing Transit key is not made by the first encryption")
    void neverMakesAKey() {
        TransitCipher misspelt = vault.cipher(Map.of("key", "shpo"));
        assertThatThrownBy(() -> misspelt.seal(plaintext("CANARY"), row(1)))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("has no Transit key transit/shpo, and one is never made by accident")
                .extracting(e -> ((SealwayException) e).outcome())
                .isEqualTo(SealwayException.Outcome.REFUSED);
        assertThat(vault.admin.get("transit/keys/shpo").status()).isEqualTo(404);
        assertThat(vault.fake.requests("POST", "transit/encrypt/shpo")).isZero();
    }

    @Test
    void refusesKeysThatBindNothing() {
        vault.admin.post("transit/keys/rsa", Map.of("type", "rsa-2048"));
        vault.admin.post("transit/keys/derived", Map.of("derived", true));
        assertThatThrownBy(() -> vault.cipher(Map.of("key", "rsa")).seal(plaintext("x"), row(1)))
                .hasMessageContaining("is of type rsa-2048, which does not bind a value to its place");
        assertThatThrownBy(() -> vault.cipher(Map.of("key", "derived")).seal(plaintext("x"), row(1)))
                .hasMessageContaining("is derived");
    }

    @Test
    void movesCiphertextsToTheNewestVersionBoundOrNot() {
        List<String> values = values(3);
        List<byte[]> loose = results(cipher.sealAll(plaintexts(values), unbound(3)));
        List<byte[]> bound = results(cipher.sealAll(plaintexts(values), rows(3)));
        vault.admin.post("transit/keys/shop/rotate", Map.of());

        List<byte[]> looseNow = results(cipher.rewrapAll(loose, unbound(3)));
        List<byte[]> boundNow = results(cipher.rewrapAll(bound, rows(3)));

        assertThat(vault.fake.requests("POST", "transit/rewrap/shop")).isEqualTo(1);
        assertThat(texts(cipher.openAll(looseNow, unbound(3)))).isEqualTo(values);
        assertThat(texts(cipher.openAll(boundNow, rows(3)))).isEqualTo(values);
        assertThat(cipher.primaryPrefix()).isEqualTo("vault:v2:".getBytes(US_ASCII));
        assertThat(List.of(looseNow.get(0), boundNow.get(0)))
                .allSatisfy(one -> assertThat(one).startsWith(cipher.primaryPrefix()));
    }

    @Test
    void leavesWhatDoesNotOpenWhereItIsWhenItRewraps() {
        List<byte[]> sealed = new ArrayList<>(results(cipher.sealAll(plaintexts(values(3)), rows(3))));
        sealed.set(1, "CANARY".getBytes(US_ASCII));
        List<Attempt<byte[]>> rewrapped = cipher.rewrapAll(sealed, rows(3));
        assertThat(failure(rewrapped.get(1)).reason()).isEqualTo(Reason.NOT_A_CIPHERTEXT);
        assertThat(cipher.open(rewrapped.get(2).orThrow(), row(2))).isEqualTo(plaintext("CANARY-2"));
    }

    @Test
    void noticesANewVersionThatSomebodyElseMade() {
        assertThat(cipher.primaryPrefix()).isEqualTo("vault:v1:".getBytes(US_ASCII));
        vault.admin.post("transit/keys/shop/rotate", Map.of());
        cipher.seal(plaintext("x"), row(1));
        assertThat(cipher.primaryPrefix()).isEqualTo("vault:v2:".getBytes(US_ASCII));
        assertThat(cipher.keyIds()).containsExactly(1L, 2L);
    }

    @Test
    void knowsItsOwnCanaryAndNoOther() {
        vault.admin.post("transit/keys/other", Map.of());
        byte[] canary = cipher.make();
        assertThat(cipher.accepts(canary)).isTrue();
        assertThat(vault.cipher(Map.of("key", "other")).accepts(canary)).isFalse();
        assertThat(cipher.accepts(cipher.seal(plaintext("sealway-canary"), row(1))))
                .isFalse();
    }

    @Test
    void wrapsKeysetsUnderAKeyOfTransit() {
        TransitKeyEncryptionKey kek = new TransitKeyEncryptionKey(Vaults.connect(vault.fake), "transit", "shop");
        byte[] wrapped = kek.wrap("CANARY".getBytes(US_ASCII), "here".getBytes(US_ASCII));
        assertThat(kek.id()).isEqualTo("vault-transit transit/shop");
        assertThat(kek.unwrap(wrapped, "here".getBytes(US_ASCII)))
                .asString(US_ASCII)
                .isEqualTo("CANARY");
        assertThatThrownBy(() -> kek.unwrap(wrapped, "there".getBytes(US_ASCII)))
                .hasMessageContaining("could not unwrap a keyset");
        assertThatThrownBy(() -> kek.unwrap("CANARY".getBytes(US_ASCII), new byte[0]))
                .hasMessageNotContaining("CANARY");
    }
}
