package dev.sealway.config;

import dev.sealway.audit.AuditPen;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyPurpose;
import dev.sealway.crypto.Mac;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.Keyring;
import dev.sealway.ledger.WrongKeyBundleException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Signs with the audit keyset of the plan's bundle, if it is the bundle of the database: a signature of another's would
 * look like a forgery for ever.
 *
 * <p>A bundle that cannot be had is no failure, since verbs that need no key work without one, too. It is asked for again
 * after a while. Thread-safe.
 */
final class BundleSigner implements AuditPen.Signer {

    private static final Duration WHILE = Duration.ofMinutes(1);

    private final Supplier<KeyBundle> keys;
    private final Clock clock;
    private Optional<Mac> known = Optional.empty();
    private Instant next = Instant.MIN;

    BundleSigner(Supplier<KeyBundle> keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Mac> mac(Transaction tx) {
        if (known.isEmpty() && !clock.instant().isBefore(next)) {
            known = ask(tx);
            next = clock.instant().plus(WHILE);
        }
        return known;
    }

    private Optional<Mac> ask(Transaction tx) {
        return bundle().filter(bundle -> bundle.has(KeyBundle.AUDIT_KEYSET, KeyPurpose.MAC))
                .filter(bundle -> isOfThisDatabase(tx, bundle))
                .map(bundle -> bundle.mac(KeyBundle.AUDIT_KEYSET));
    }

    private Optional<KeyBundle> bundle() {
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
