package dev.sealway.crypto.tink;

import dev.sealway.crypto.KeysetInfo;
import dev.sealway.crypto.Mac;
import dev.sealway.error.SealwayException;
import java.security.GeneralSecurityException;

/** A MAC keyset. */
record MacKeyset(KeysetInfo info, com.google.crypto.tink.Mac mac) implements OpenedKeyset, Mac {

    @Override
    public byte[] tag(byte[] message) {
        try {
            return mac.computeMac(message);
        } catch (GeneralSecurityException e) {
            throw SealwayException.failed("keyset %s could not compute".formatted(info.name()));
        }
    }

    @Override
    public boolean accepts(byte[] tag, byte[] message) {
        try {
            mac.verifyMac(tag, message);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public byte[] canary() {
        return tag(OpenedKeyset.canaryPlace(info));
    }

    @Override
    public boolean acceptsCanary(byte[] canary) {
        return accepts(canary, OpenedKeyset.canaryPlace(info));
    }

    @Override
    public String toString() {
        return OpenedKeyset.print(info);
    }
}
