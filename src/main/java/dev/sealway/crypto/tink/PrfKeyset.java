package dev.sealway.crypto.tink;

import com.google.crypto.tink.prf.PrfSet;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.crypto.Prf;
import dev.sealway.error.SealwayException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/** A PRF keyset: its primary key computes, any of its keys is known by its canary. */
final class PrfKeyset implements OpenedKeyset, Prf {

    private static final int LONGEST = 32;
    private static final int CANARY_LENGTH = 16;

    private final KeysetInfo info;
    private final com.google.crypto.tink.prf.Prf primary;
    private final Map<Integer, com.google.crypto.tink.prf.Prf> all;

    PrfKeyset(KeysetInfo info, PrfSet prfs) throws GeneralSecurityException {
        com.google.crypto.tink.prf.Prf chosen = prfs.getPrfs().get(prfs.getPrimaryId());
        if (chosen == null) {
            throw new GeneralSecurityException("no primary key");
        }
        this.info = info;
        this.primary = chosen;
        this.all = Map.copyOf(prfs.getPrfs());
    }

    @Override
    public byte[] compute(byte[] input, int length) {
        return compute(primary, input, length);
    }

    /** One key alone; empty if there is none of that id, or it is not enabled. */
    Optional<Prf> only(long keyId) {
        return Optional.ofNullable(all.get((int) keyId)).map(prf -> (input, length) -> compute(prf, input, length));
    }

    private byte[] compute(com.google.crypto.tink.prf.Prf prf, byte[] input, int length) {
        if (length < 1 || length > LONGEST) {
            throw new IllegalArgumentException("%d bytes of PRF output; 1 to %d can be had".formatted(length, LONGEST));
        }
        try {
            return prf.compute(input, length);
        } catch (GeneralSecurityException e) {
            throw SealwayException.failed("keyset %s could not compute".formatted(info.name()));
        }
    }

    @Override
    public KeysetInfo info() {
        return info;
    }

    @Override
    public byte[] canary() {
        return compute(OpenedKeyset.canaryPlace(info), CANARY_LENGTH);
    }

    @Override
    public boolean acceptsCanary(byte[] canary) {
        byte[] place = OpenedKeyset.canaryPlace(info);
        return all.values().stream().anyMatch(prf -> MessageDigest.isEqual(compute(prf, place, CANARY_LENGTH), canary));
    }

    @Override
    public String toString() {
        return OpenedKeyset.print(info);
    }
}
