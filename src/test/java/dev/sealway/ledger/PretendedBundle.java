package dev.sealway.ledger;

import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyPurpose;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.crypto.Mac;
import dev.sealway.crypto.Prf;
import dev.sealway.crypto.StreamCipher;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A bundle without keys: a canary is the text {@code keyset#key id} and is accepted if the keyset has that id. */
record PretendedBundle(String fingerprint, List<KeysetInfo> keysets) implements KeyBundle {

    /** A data keyset, a token keyset and a MAC keyset, each with the keys {@code ids}, the last one primary. */
    static PretendedBundle of(String fingerprint, Long... ids) {
        List<Long> keys = List.of(ids);
        long primary = keys.get(keys.size() - 1);
        return new PretendedBundle(
                fingerprint,
                List.of(
                        new KeysetInfo("data/default", KeyPurpose.AEAD, primary, keys),
                        new KeysetInfo("token/default", KeyPurpose.PRF, primary, keys),
                        new KeysetInfo("audit/default", KeyPurpose.MAC, primary, keys)));
    }

    @Override
    public String id() {
        return "pretended";
    }

    @Override
    public boolean has(String keyset, KeyPurpose purpose) {
        return keysets.stream().anyMatch(k -> k.name().equals(keyset) && k.purpose() == purpose);
    }

    @Override
    public FieldCipher cipher(String keyset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Prf prf(String keyset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Prf prf(String keyset, long keyId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mac mac(String keyset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StreamCipher streams(String keyset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] canary(String keyset) {
        KeysetInfo info = keysets.stream()
                .filter(k -> k.name().equals(keyset) && k.purpose() != KeyPurpose.MAC)
                .findFirst()
                .orElseThrow();
        return canary(keyset, info.primaryKeyId());
    }

    private static byte[] canary(String keyset, long keyId) {
        return "%s#%d".formatted(keyset, keyId).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean acceptsCanary(String keyset, byte[] canary) {
        return keysets.stream()
                .filter(k -> k.name().equals(keyset))
                .flatMap(k -> k.keyIds().stream())
                .anyMatch(id -> new String(canary(keyset, id), StandardCharsets.UTF_8)
                        .equals(new String(canary, StandardCharsets.UTF_8)));
    }
}
