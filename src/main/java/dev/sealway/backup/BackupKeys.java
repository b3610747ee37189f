package dev.sealway.backup;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.crypto.Mac;
import dev.sealway.crypto.Prf;
import dev.sealway.crypto.Sha256;
import dev.sealway.crypto.StreamKeys;
import dev.sealway.error.SealwayException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The keys of backups.
 *
 * @param streams what seals the files
 * @param bundle makes evidence, and the manifest's tag; empty where the plan has none
 */
public record BackupKeys(StreamKeys streams, Optional<KeyBundle> bundle) {

    /** The key that makes evidence now. */
    OptionalLong evidenceKeyId() {
        return bundle.stream()
                .flatMap(b -> b.keysets().stream())
                .filter(k -> k.name().equals(KeyBundle.EVIDENCE_KEYSET))
                .mapToLong(KeysetInfo::primaryKeyId)
                .findFirst();
    }

    /**
     * Without a key of the bundle the numbers are plain SHA-256. They stand inside the sealed stream only: in the open they
     * would let values be guessed.
     */
    Prf evidence(OptionalLong keyId) {
        if (keyId.isEmpty()) {
            return (input, length) -> Arrays.copyOf(Sha256.begin().digest(input), length);
        }
        return bundle.orElseThrow(
                        () -> SealwayException.refused(
                                "the backup's evidence was made with a key bundle, and the plan names none; say 'keys' in the plan"))
                .prf(KeyBundle.EVIDENCE_KEYSET, keyId.getAsLong());
    }

    Optional<Mac> manifests() {
        return bundle.map(b -> b.mac(KeyBundle.AUDIT_KEYSET));
    }
}
