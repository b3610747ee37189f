package dev.sealway.bench;

import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.CiphertextForm;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.Plaintext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Waits as long as a service at the far end of a network would take, and does nothing else: its ciphertexts have the form
 * and the length of Transit's, and protect nothing. Thread-safe.
 */
final class WaitingCipher implements FieldCipher {

    private static final int NONCE_AND_TAG = 28;

    private final int requestItems;
    private final int inFlight;
    private final Duration latency;
    private final Semaphore room;

    WaitingCipher(int requestItems, int inFlight, Duration latency) {
        this.requestItems = requestItems;
        this.inFlight = inFlight;
        this.latency = latency;
        this.room = new Semaphore(inFlight);
    }

    @Override
    public byte[] seal(Plaintext plaintext, AssociatedData associatedData) {
        return sealAll(List.of(plaintext), List.of(associatedData)).get(0).orThrow();
    }

    @Override
    public List<Attempt<byte[]>> sealAll(List<Plaintext> plaintexts, List<AssociatedData> associatedData) {
        List<Attempt<byte[]>> sealed = new ArrayList<>(plaintexts.size());
        for (int from = 0; from < plaintexts.size(); from += requestItems) {
            waitForOneRequest();
            plaintexts.subList(from, Math.min(from + requestItems, plaintexts.size())).stream()
                    .map(WaitingCipher::shaped)
                    .forEach(sealed::add);
        }
        return sealed;
    }

    private void waitForOneRequest() {
        try {
            room.acquire();
            try {
                Thread.sleep(latency.toMillis());
            } finally {
                room.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the benchmark was interrupted", e);
        }
    }

    private static Attempt<byte[]> shaped(Plaintext plaintext) {
        byte[] filler = new byte[NONCE_AND_TAG + plaintext.length()];
        return new Attempt.Done<>(
                ("vault:v1:" + Base64.getEncoder().encodeToString(filler)).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public Plaintext open(byte[] ciphertext, AssociatedData associatedData) {
        throw new UnsupportedOperationException("what this cipher makes cannot be opened");
    }

    @Override
    public CiphertextForm form() {
        return CiphertextForm.TRANSIT_TEXT;
    }

    @Override
    public byte[] primaryPrefix() {
        return "vault:v1:".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public int concurrency() {
        return inFlight;
    }
}
