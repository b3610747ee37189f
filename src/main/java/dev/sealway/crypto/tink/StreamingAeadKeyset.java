package dev.sealway.crypto.tink;

import com.google.crypto.tink.StreamingAead;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.error.SealwayException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** A keyset for long streams. */
record StreamingAeadKeyset(KeysetInfo info, StreamingAead streams) implements OpenedKeyset {

    @Override
    public byte[] canary() {
        ByteArrayOutputStream canary = new ByteArrayOutputStream();
        try (OutputStream out = streams.newEncryptingStream(canary, OpenedKeyset.canaryPlace(info))) {
            out.write(OpenedKeyset.canaryText());
        } catch (GeneralSecurityException | IOException e) {
            throw SealwayException.failed("keyset %s could not encrypt".formatted(info.name()));
        }
        return canary.toByteArray();
    }

    @Override
    public boolean acceptsCanary(byte[] canary) {
        try (InputStream in =
                streams.newDecryptingStream(new ByteArrayInputStream(canary), OpenedKeyset.canaryPlace(info))) {
            return MessageDigest.isEqual(in.readAllBytes(), OpenedKeyset.canaryText());
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return OpenedKeyset.print(info);
    }
}
