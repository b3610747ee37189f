package dev.sealway.ledger;

import dev.sealway.error.SealwayException;

/** A key out of the bundle's reach is not the one that sealed this database's data; nothing was written. */
public final class WrongKeyException extends SealwayException {

    private static final long serialVersionUID = 1L;

    private WrongKeyException(String message) {
        super(Outcome.REFUSED, message);
    }

    static WrongKeyException unknown(String keyset, long keyId) {
        return new WrongKeyException(
                "this is not the key of this database: %s does not open the canary that its version %d left here; nothing was written: point the plan at the right service, mount and key (a staging Vault on a production database?)"
                        .formatted(keyset, keyId));
    }

    /** Every version that left a canary may not decrypt any more, so whether the key is the right one cannot be told. */
    static WrongKeyException unprovable(String keyset, long keyId) {
        return new WrongKeyException(
                "whether %s is the key of this database cannot be told: version %d, which sealed data here last, may not decrypt any more; nothing was written: set its min_decryption_version to %d for one run"
                        .formatted(keyset, keyId, keyId));
    }

    static WrongKeyException taken(String keyset) {
        return new WrongKeyException(
                "the keyring of this database knows a keyset %s of another kind already; nothing was written: give one of the two another name"
                        .formatted(keyset));
    }
}
