package dev.sealway.testing.transit;

import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.CiphertextForm;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.crypto.Plaintext;
import dev.sealway.error.SealwayException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes ciphertexts of Transit's form with AES-GCM in this process, several batches at once, and can be made to fail: as a
 * whole (the service is away), or for one item. Thread-safe.
 */
public final class LocalTransit implements FieldCipher {

    private static final int NONCE = 12;
    private static final String PREFIX = "vault:v1:";

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong items = new AtomicLong();
    private volatile IntPredicate away = call -> false;
    private volatile IntPredicate failing = item -> false;

    private LocalTransit(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** @param secret from which the key is made: another process with the same opens the same */
    public static LocalTransit of(String secret) {
        return new LocalTransit(Arrays.copyOf(secret.getBytes(StandardCharsets.UTF_8), 32));
    }

    /** @param calls the numbers of the calls, from 1, that do not get an answer */
    public LocalTransit awayAt(IntPredicate calls) {
        away = calls;
        return this;
    }

    /** @param numbers of items, from 1 over all calls, that fail alone */
    public LocalTransit failingAt(IntPredicate numbers) {
        failing = numbers;
        return this;
    }

    public int calls() {
        return calls.get();
    }

    @Override
    public byte[] seal(Plaintext plaintext, AssociatedData associatedData) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, associatedData, plaintext.revealBytes());
        byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, all, NONCE, sealed.length);
        return (PREFIX + Base64.getEncoder().encodeToString(all)).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Plaintext open(byte[] ciphertext, AssociatedData associatedData) {
        String text = new String(ciphertext, StandardCharsets.US_ASCII);
        if (!text.startsWith(PREFIX)) {
            throw OpenFailedException.unknownKey(2);
        }
        byte[] all;
        try {
            all = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw OpenFailedException.notACiphertext(ciphertext.length);
        }
        return Plaintext.owning(crypt(
                Cipher.DECRYPT_MODE,
                Arrays.copyOf(all, NONCE),
                associatedData,
                Arrays.copyOfRange(all, NONCE, all.length)));
    }

    private byte[] crypt(int mode, byte[] nonce, AssociatedData associatedData, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(128, nonce));
            cipher.updateAAD(associatedData.bytes());
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw OpenFailedException.authenticationFailed(1);
        }
    }

    @Override
    public List<Attempt<byte[]>> sealAll(List<Plaintext> plaintexts, List<AssociatedData> associatedData) {
        answer();
        return FieldCipher.super.sealAll(plaintexts, associatedData).stream()
                .map(this::perhaps)
                .toList();
    }

    @Override
    public List<Attempt<Plaintext>> openAll(List<byte[]> ciphertexts, List<AssociatedData> associatedData) {
        answer();
        return FieldCipher.super.openAll(ciphertexts, associatedData).stream()
                .map(this::perhaps)
                .toList();
    }

    private void answer() {
        if (away.test(calls.incrementAndGet())) {
            throw SealwayException.failed("Transit does not answer");
        }
    }

    private <T> Attempt<T> perhaps(Attempt<T> made) {
        return failing.test((int) items.incrementAndGet())
                ? new Attempt.Failed<>(SealwayException.failed("Transit refused this item"))
                : made;
    }

    @Override
    public CiphertextForm form() {
        return CiphertextForm.TRANSIT_TEXT;
    }

    @Override
    public byte[] primaryPrefix() {
        return PREFIX.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int concurrency() {
        return 4;
    }
}
