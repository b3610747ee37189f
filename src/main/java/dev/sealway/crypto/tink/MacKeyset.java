package dev.sealway.crypto.tink;

import com.google.crypto.tink.Mac;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.error.SealwayException;
import java.security.GeneralSecurityException;

/** A MAC keyset. */
record MacKeyset(KeysetInfo info, Mac mac) implements OpenedKeyset {

    @Override
    public byte[] canary() {
        try {
            return mac.computeMac(OpenedKeyset.canaryPlace(info));
        } catch (GeneralSecurityException e) {
            throw SealwayException.failed("keyset %s could not compute".formatted(info.name()));
        }
    }

    @Override
    public boolean acceptsCanary(byte[] canary) {
        try {
            mac.verifyMac(canary, OpenedKeyset.canaryPlace(info));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return OpenedKeyset.print(info);
    }
}
