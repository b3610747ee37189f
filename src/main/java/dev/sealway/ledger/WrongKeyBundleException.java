package dev.sealway.ledger;

import dev.sealway.error.SealwayException;

/** The key bundle is not the one that sealed this database's data; nothing was written. */
public final class WrongKeyBundleException extends SealwayException {

    private static final long serialVersionUID = 1L;

    WrongKeyBundleException(String keyset, long keyId, String stored, String given) {
        super(
                Outcome.REFUSED,
                "this is not the key bundle of this database: its keyset %s does not know key %d, which sealed data here; the database was last used with the bundle of fingerprint %s, this one has %s; nothing was written: point the plan's keys at the right bundle (staging keys on a production database?)"
                        .formatted(keyset, keyId, stored, given));
    }
}
