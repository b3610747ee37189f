package dev.sealway.crypto.transit;

import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.KeyEncryptionKey;
import dev.sealway.error.SealwayException;
import dev.sealway.vault.Transit;
import dev.sealway.vault.TransitItem;
import dev.sealway.vault.TransitResult;
import dev.sealway.vault.TransitSettings;
import dev.sealway.vault.VaultConnection;
import java.util.List;

/** A key of Vault's Transit engine that wraps keysets. What it wrapped is the ASCII of Transit's ciphertext. */
public final class TransitKeyEncryptionKey implements KeyEncryptionKey {

    private final Transit transit;

    /**
     * @param mount where the Transit engine is mounted
     * @param key the key's name
     */
    public TransitKeyEncryptionKey(VaultConnection connection, String mount, String key) {
        this.transit = new Transit(connection, TransitSettings.of(mount, key));
    }

    @Override
    public String id() {
        return "%s %s".formatted(Ciphers.VAULT_TRANSIT, transit.name());
    }

    @Override
    public byte[] wrap(byte[] material, byte[] associatedData) {
        TransitItem item = TransitItem.plaintext(material, associatedData);
        return done(transit.encrypt(List.of(item)).get(0), "wrap");
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] associatedData) {
        if (TransitText.fault(wrapped).isPresent()) {
            throw failure("unwrap");
        }
        TransitItem item = TransitItem.ciphertext(wrapped, associatedData);
        return done(transit.decrypt(List.of(item)).get(0), "unwrap");
    }

    private byte[] done(TransitResult result, String verb) {
        if (result instanceof TransitResult.Done done) {
            return done.revealBytes();
        }
        throw failure(verb);
    }

    private SealwayException failure(String verb) {
        return SealwayException.failed(
                "%s could not %s a keyset: it was wrapped by another key, for another place, or altered; check mount and key of the kek in the plan"
                        .formatted(id(), verb));
    }

    @Override
    public String toString() {
        return "TransitKeyEncryptionKey[%s]".formatted(transit.name());
    }
}
