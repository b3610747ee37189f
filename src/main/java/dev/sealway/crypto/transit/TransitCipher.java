package dev.sealway.crypto.transit;

import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.Canary;
import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.CiphertextForm;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.LengthPrefixed;
import dev.sealway.crypto.Plaintext;
import dev.sealway.crypto.Sha256;
import dev.sealway.error.SealwayException;
import dev.sealway.vault.Transit;
import dev.sealway.vault.TransitItem;
import dev.sealway.vault.TransitKey;
import dev.sealway.vault.TransitResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Seals and opens with a key that never leaves Vault. A ciphertext is the ASCII of {@code vault:v<version>:<base64>}.
 *
 * <p>Many values go in few requests, several of them at once; one value takes a request of its own, so callers who have
 * many say so.
 */
public final class TransitCipher implements FieldCipher, Canary {

    private static final byte[] CANARY_TEXT = "sealway-canary".getBytes(StandardCharsets.US_ASCII);

    private final Transit transit;

    public TransitCipher(Transit transit) {
        this.transit = transit;
    }

    @Override
    public byte[] seal(Plaintext plaintext, AssociatedData associatedData) {
        return sealAll(List.of(plaintext), List.of(associatedData)).get(0).orThrow();
    }

    @Override
    public Plaintext open(byte[] ciphertext, AssociatedData associatedData) {
        return openAll(List.of(ciphertext), List.of(associatedData)).get(0).orThrow();
    }

    @Override
    public List<Attempt<byte[]>> sealAll(List<Plaintext> plaintexts, List<AssociatedData> associatedData) {
        List<TransitItem> items = Portion.each(
                plaintexts.size(),
                i -> TransitItem.plaintext(
                        plaintexts.get(i).revealBytes(), associatedData.get(i).bytes()));
        return transit.encrypt(items).stream()
                .map(result -> TransitText.sealed(transit.name(), result))
                .toList();
    }

    /** What has not the form of a ciphertext is not sent: it would tell Vault's log a value. */
    @Override
    public List<Attempt<Plaintext>> openAll(List<byte[]> ciphertexts, List<AssociatedData> associatedData) {
        return Portion.of(ciphertexts, TransitText::fault, at -> {
            List<TransitResult> results = transit.decrypt(items(ciphertexts, associatedData, at));
            return Portion.each(
                    at.size(), i -> TransitText.opened(transit.name(), ciphertexts.get(at.get(i)), results.get(i)));
        });
    }

    /** Vault rewraps only what is bound to nothing; where anything is bound, all is opened and sealed again. */
    @Override
    public List<Attempt<byte[]>> rewrapAll(List<byte[]> ciphertexts, List<AssociatedData> associatedData) {
        if (associatedData.stream().anyMatch(data -> data.bytes().length > 0)) {
            return openedAndSealed(ciphertexts, associatedData);
        }
        return Portion.of(ciphertexts, TransitText::fault, at -> {
            List<TransitResult> results = transit.rewrap(items(ciphertexts, associatedData, at));
            return Portion.each(
                    at.size(), i -> TransitText.rewrapped(transit.name(), ciphertexts.get(at.get(i)), results.get(i)));
        });
    }

    private List<Attempt<byte[]>> openedAndSealed(List<byte[]> ciphertexts, List<AssociatedData> associatedData) {
        List<Attempt<Plaintext>> opened = openAll(ciphertexts, associatedData);
        try {
            return Portion.of(
                    opened,
                    TransitCipher::failure,
                    at -> sealAll(
                            Portion.each(at.size(), i -> opened.get(at.get(i)).orThrow()),
                            Portion.each(at.size(), i -> associatedData.get(at.get(i)))));
        } finally {
            opened.forEach(TransitCipher::forget);
        }
    }

    private static Optional<SealwayException> failure(Attempt<?> attempt) {
        return attempt instanceof Attempt.Failed<?> failed ? Optional.of(failed.failure()) : Optional.empty();
    }

    private static void forget(Attempt<Plaintext> opened) {
        if (opened instanceof Attempt.Done<Plaintext> done) {
            done.result().close();
        }
    }

    private static List<TransitItem> items(
            List<byte[]> ciphertexts, List<AssociatedData> associatedData, List<Integer> at) {
        return Portion.each(
                at.size(),
                i -> TransitItem.ciphertext(
                        ciphertexts.get(at.get(i)),
                        associatedData.get(at.get(i)).bytes()));
    }

    @Override
    public CiphertextForm form() {
        return CiphertextForm.TRANSIT_TEXT;
    }

    /** As the key was when it was last read. */
    @Override
    public byte[] primaryPrefix() {
        return "vault:v%s:".formatted(primaryKeyId()).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public int concurrency() {
        return transit.inFlight();
    }

    @Override
    public String keyset() {
        return transit.name();
    }

    @Override
    public String purpose() {
        return Ciphers.VAULT_TRANSIT;
    }

    @Override
    public String fingerprint() {
        return Sha256.hex(LengthPrefixed.of(
                        "sealway/transit/v1", transit.name(), transit.key().type())
                .toByteArray());
    }

    @Override
    public long primaryKeyId() {
        return transit.key().latestVersion();
    }

    @Override
    public List<Long> keyIds() {
        TransitKey key = transit.key();
        return LongStream.rangeClosed(key.minDecryptionVersion(), key.latestVersion())
                .boxed()
                .toList();
    }

    @Override
    public byte[] make() {
        return seal(Plaintext.owning(CANARY_TEXT.clone()), canaryPlace());
    }

    @Override
    public boolean accepts(byte[] canary) {
        Attempt<Plaintext> opened =
                openAll(List.of(canary), List.of(canaryPlace())).get(0);
        return opened instanceof Attempt.Done<Plaintext> done
                && done.result().equals(Plaintext.owning(CANARY_TEXT.clone()));
    }

    private AssociatedData canaryPlace() {
        return AssociatedData.ofCanary(transit.name());
    }

    @Override
    public String toString() {
        return "TransitCipher[%s]".formatted(transit.name());
    }
}
