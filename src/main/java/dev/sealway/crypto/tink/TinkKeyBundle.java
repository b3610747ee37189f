package dev.sealway.crypto.tink;

import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyEncryptionKey;
import dev.sealway.crypto.KeyPurpose;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.crypto.Mac;
import dev.sealway.crypto.Prf;
import dev.sealway.crypto.Sha256;
import dev.sealway.crypto.StreamCipher;
import dev.sealway.error.SealwayException;
import dev.sealway.keys.KeyMaterial;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A key bundle of Tink keysets; all primitives are built when it is opened. */
public final class TinkKeyBundle implements KeyBundle {

    private final String id;
    private final String fingerprint;
    private final List<OpenedKeyset> keysets;

    private TinkKeyBundle(String id, String fingerprint, List<OpenedKeyset> keysets) {
        this.id = id;
        this.fingerprint = fingerprint;
        this.keysets = List.copyOf(keysets);
    }

    /** As {@link #open(KeyMaterial, String, Optional)}, for a bundle whose keysets lie in it as they are. */
    public static TinkKeyBundle open(KeyMaterial material, String place) {
        return open(material, place, Optional.empty());
    }

    /**
     * Opens a bundle; {@code material} stays the caller's to close, and is not needed any more.
     *
     * @param place where the bundle was found, for messages: {@code environment variable SEALWAY_KEYS}
     * @param kek unwraps the keysets; empty if they are not wrapped
     * @throws BrokenBundleException with all faults at once
     * @throws SealwayException if the bundle is wrapped and there is no {@code kek}, or the other way round, or
     *     {@code kek} does not unwrap a keyset
     */
    public static TinkKeyBundle open(KeyMaterial material, String place, Optional<KeyEncryptionKey> kek) {
        byte[] utf8 = material.revealBytes();
        BundleReader.Bundle read = BundleReader.read(utf8, place, KeysetForm.under(kek));
        return new TinkKeyBundle(read.id(), Sha256.hex(utf8), read.keysets());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public List<KeysetInfo> keysets() {
        return keysets.stream().map(OpenedKeyset::info).toList();
    }

    @Override
    public boolean has(String keyset, KeyPurpose purpose) {
        OpenedKeyset found = find(keyset);
        return found != null && found.info().purpose() == purpose;
    }

    @Override
    public FieldCipher cipher(String keyset) {
        if (find(keyset) instanceof AeadKeyset found) {
            return found;
        }
        throw missing(keyset, KeyPurpose.AEAD);
    }

    @Override
    public Prf prf(String keyset) {
        if (find(keyset) instanceof PrfKeyset found) {
            return found;
        }
        throw missing(keyset, KeyPurpose.PRF);
    }

    @Override
    public Prf prf(String keyset, long keyId) {
        if (find(keyset) instanceof PrfKeyset found) {
            return found.only(keyId)
                    .orElseThrow(() -> SealwayException.refused(
                            "keyset %s of key bundle %s has no key %d that is enabled; use the bundle that has it"
                                    .formatted(keyset, id, keyId)));
        }
        throw missing(keyset, KeyPurpose.PRF);
    }

    @Override
    public Mac mac(String keyset) {
        if (find(keyset) instanceof MacKeyset found) {
            return found;
        }
        throw missing(keyset, KeyPurpose.MAC);
    }

    @Override
    public StreamCipher streams(String keyset) {
        if (find(keyset) instanceof StreamingAeadKeyset found) {
            return found;
        }
        throw missing(keyset, KeyPurpose.STREAMING_AEAD);
    }

    @Override
    public byte[] canary(String keyset) {
        OpenedKeyset found = find(keyset);
        if (found == null) {
            throw SealwayException.refused("key bundle %s has no keyset %s".formatted(id, keyset));
        }
        return found.canary();
    }

    @Override
    public boolean acceptsCanary(String keyset, byte[] canary) {
        OpenedKeyset found = find(keyset);
        return found != null && found.acceptsCanary(canary);
    }

    private @Nullable OpenedKeyset find(String keyset) {
        for (OpenedKeyset known : keysets) {
            if (known.info().name().equals(keyset)) {
                return known;
            }
        }
        return null;
    }

    private SealwayException missing(String keyset, KeyPurpose purpose) {
        List<String> fitting = keysets().stream()
                .filter(known -> known.purpose() == purpose)
                .map(KeysetInfo::name)
                .toList();
        return SealwayException.refused(
                "key bundle %s has no keyset %s of purpose %s, only %s; name one of these in the plan or add the keyset"
                        .formatted(id, keyset, purpose.id(), fitting));
    }

    @Override
    public String toString() {
        return "TinkKeyBundle[%s %s]".formatted(id, keysets);
    }
}
