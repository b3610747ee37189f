package dev.sealway.config;

import dev.sealway.audit.AuditPen;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyPurpose;
import dev.sealway.crypto.Mac;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.Keyring;
import dev.sealway.ledger.WrongKeyBundleException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Signs with the audit keyset of the plan's bundle, if it is the bundle of the database: a signature of another's would
 * look like a forgery for ever.
 *
 * <p>The bundle is fetched for the first entry, which tells that a run began and holds no lock on a table. One that cannot
 * be had then is no failure, since verbs that need no key work without one, too; it is not asked for again while locks may
 * be held, but used once something else has opened it. Thread-safe.
 */
final class BundleSigner implements AuditPen.Signer {

    private final Supplier<KeyBundle> keys;
    private final Supplier<Optional<KeyBundle>> opened;
    private Optional<Mac> known = Optional.empty();
    private boolean asked;

    /** @param opened the bundle, if it is open; never waits */
    BundleSigner(Supplier<KeyBundle> keys, Supplier<Optional<KeyBundle>> opened) {
        this.keys = keys;
        this.opened = opened;
    }

    @Override
    public synchronized Optional<Mac> mac(Transaction tx) {
        if (known.isEmpty()) {
            Optional<KeyBundle> bundle = asked ? opened.get() : fetched();
            asked = true;
            known = bundle.filter(b -> b.has(KeyBundle.AUDIT_KEYSET, KeyPurpose.MAC))
                    .filter(b -> isOfThisDatabase(tx, b))
                    .map(b -> b.mac(KeyBundle.AUDIT_KEYSET));
        }
        return known;
    }

    private Optional<KeyBundle> fetched() {
        try {
            return Optional.of(keys.get());
        } catch (SealwayException e) {
            return Optional.empty();
        }
    }

    private static boolean isOfThisDatabase(Transaction tx, KeyBundle bundle) {
        try {
            Keyring.in(tx).verify(bundle);
            return true;
        } catch (WrongKeyBundleException e) {
            return false;
        }
    }
}
