package dev.sealway.crypto.transit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.Encoding;
import dev.sealway.crypto.Plaintext;
import dev.sealway.testing.vault.Administrator;
import dev.sealway.testing.vault.FakeVault;
import dev.sealway.testing.vault.Vaults;
import dev.sealway.vault.Transit;
import dev.sealway.vault.TransitSettings;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A fake Vault with a key {@code transit/shop}, and ciphers of it. */
final class TransitFixture implements AutoCloseable {

    final FakeVault fake = FakeVault.start();
    final Administrator admin = new Administrator(fake);

    TransitFixture() {
        admin.post("transit/keys/shop", Map.of());
    }

    TransitCipher cipher() {
        return cipher(Map.of());
    }

    TransitCipher cipher(Map<String, String> settings) {
        return cipher(settings, fake.rootToken());
    }

    TransitCipher cipher(Map<String, String> settings, String token) {
        Map<String, String> all = new HashMap<>(Map.of("key", "shop"));
        all.putAll(settings);
        return new TransitCipher(new Transit(Vaults.connect(fake, token, all), TransitSettings.of(all, Map.of())));
    }

    static Plaintext plaintext(String text) {
        return Plaintext.owning(text.getBytes(UTF_8));
    }

    static List<Plaintext> plaintexts(List<String> texts) {
        return texts.stream().map(TransitFixture::plaintext).toList();
    }

    static List<AssociatedData> unbound(int count) {
        return Collections.nCopies(count, AssociatedData.none());
    }

    /** One for each row 0, 1, 2, … */
    static List<AssociatedData> rows(int count) {
        return IntStream.range(0, count).mapToObj(TransitFixture::row).toList();
    }

    static AssociatedData row(int number) {
        return AssociatedData.ofRow("shop.users.email", Encoding.parse("pgtext/1"), List.of(Integer.toString(number)));
    }

    static List<String> values(int count) {
        return IntStream.range(0, count).mapToObj("CANARY-%d"::formatted).toList();
    }

    static <T> List<T> results(List<Attempt<T>> attempts) {
        return attempts.stream().map(Attempt::orThrow).toList();
    }

    static List<String> texts(List<Attempt<Plaintext>> attempts) {
        return results(attempts).stream()
                .map(value -> new String(value.revealBytes(), UTF_8))
                .toList();
    }

    @Override
    public void close() {
        fake.close();
    }
}
