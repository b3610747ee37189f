package dev.sealway.crypto.tink;

import com.google.crypto.tink.Aead;
import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.crypto.Plaintext;
import dev.sealway.error.SealwayException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/**
 * A data keyset. A ciphertext is Tink's, nothing added: {@code 0x01 | key id (4, big-endian) | nonce | ciphertext | tag},
 * the nonce 12 bytes for AES-GCM and 24 for XAES, the tag 16.
 */
final class AeadKeyset implements OpenedKeyset, FieldCipher {

    private static final byte PREFIX = 1;
    private static final int SHORTEST = 33;

    private final KeysetInfo info;
    private final Aead aead;

    AeadKeyset(KeysetInfo info, Aead aead) {
        this.info = info;
        this.aead = aead;
    }

    @Override
    public byte[] seal(Plaintext plaintext, AssociatedData associatedData) {
        return encrypt(plaintext.revealBytes(), associatedData.bytes());
    }

    @Override
    public Plaintext open(byte[] ciphertext, AssociatedData associatedData) {
        try {
            return Plaintext.owning(aead.decrypt(ciphertext, associatedData.bytes()));
        } catch (GeneralSecurityException e) {
            throw reason(ciphertext);
        }
    }

    @Override
    public byte[] primaryPrefix() {
        return ByteBuffer.allocate(5)
                .put(PREFIX)
                .putInt((int) info.primaryKeyId())
                .array();
    }

    /** Tink says the same of every failure; the first five bytes tell more. */
    private OpenFailedException reason(byte[] ciphertext) {
        if (ciphertext.length < SHORTEST || ciphertext[0] != PREFIX) {
            return OpenFailedException.notACiphertext(ciphertext.length);
        }
        long keyId = Integer.toUnsignedLong(ByteBuffer.wrap(ciphertext, 1, 4).getInt());
        if (info.disabledKeyIds().contains(keyId)) {
            return OpenFailedException.disabledKey(keyId);
        }
        return info.keyIds().contains(keyId)
                ? OpenFailedException.authenticationFailed(keyId)
                : OpenFailedException.unknownKey(keyId);
    }

    private byte[] encrypt(byte[] plaintext, byte[] associatedData) {
        try {
            return aead.encrypt(plaintext, associatedData);
        } catch (GeneralSecurityException e) {
            throw SealwayException.failed(
                    "keyset %s could not encrypt a value of %d bytes".formatted(info.name(), plaintext.length));
        }
    }

    @Override
    public KeysetInfo info() {
        return info;
    }

    @Override
    public byte[] canary() {
        return encrypt(OpenedKeyset.canaryText(), OpenedKeyset.canaryPlace(info));
    }

    @Override
    public boolean acceptsCanary(byte[] canary) {
        try {
            byte[] text = aead.decrypt(canary, OpenedKeyset.canaryPlace(info));
            return MessageDigest.isEqual(text, OpenedKeyset.canaryText());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return OpenedKeyset.print(info);
    }
}
