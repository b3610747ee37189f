package dev.sealway.crypto.tink;

import com.google.crypto.tink.StreamingAead;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.crypto.StreamCipher;
import dev.sealway.error.SealwayException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** A keyset for long streams: Tink's streaming AEAD, in segments that are authenticated one by one. */
record StreamingAeadKeyset(KeysetInfo info, StreamingAead streams) implements OpenedKeyset, StreamCipher {

    @Override
    public OutputStream sealing(OutputStream to, byte[] associatedData) throws IOException {
        try {
            return streams.newEncryptingStream(to, associatedData);
        } catch (GeneralSecurityException e) {
            throw SealwayException.failed("keyset %s could not encrypt".formatted(info.name()));
        }
    }

    @Override
    public InputStream opening(InputStream from, byte[] associatedData) throws IOException {
        try {
            return streams.newDecryptingStream(from, associatedData);
        } catch (GeneralSecurityException e) {
            throw SealwayException.failed("keyset %s could not decrypt".formatted(info.name()));
        }
    }

    @Override
    public byte[] canary() {
        ByteArrayOutputStream canary = new ByteArrayOutputStream();
        try (OutputStream out = sealing(canary, OpenedKeyset.canaryPlace(info))) {
            out.write(OpenedKeyset.canaryText());
        } catch (IOException e) {
            throw SealwayException.failed("keyset %s could not encrypt".formatted(info.name()));
        }
        return canary.toByteArray();
    }

    @Override
    public boolean acceptsCanary(byte[] canary) {
        try (InputStream in = opening(new ByteArrayInputStream(canary), OpenedKeyset.canaryPlace(info))) {
            return MessageDigest.isEqual(in.readAllBytes(), OpenedKeyset.canaryText());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return OpenedKeyset.print(info);
    }
}
