package dev.sealway.workflow;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyEdit;
import dev.sealway.crypto.KeyPurpose;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.keys.HeldBundle;
import dev.sealway.ledger.Attestations;
import dev.sealway.ledger.KeyEvent;
import dev.sealway.ledger.Keyring;
import dev.sealway.phase.reencrypt.ReencryptReport;
import dev.sealway.plan.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The life of data keys: {@code add}, to all readers, {@code promote}, {@code reencrypt}, {@code disable}, a while,
 * {@code destroy}. Each step refuses until its time has come. Thread-safe; one change of keys goes at a time in a database.
 */
public final class KeyRotation {

    /** How long a key must be known before it is promoted, unless somebody states that every reader has it. */
    public static final Duration PROMOTE_AGE = Duration.ofHours(24);

    /** How long a key must be disabled before it is destroyed. */
    public static final Duration DESTROY_AGE = Duration.ofDays(7);

    /** Tables of more rows get an index for the duration of a re-encryption. */
    public static final long INDEX_ABOVE = 50_000_000;

    private final Means means;

    KeyRotation(Means means) {
        this.means = means;
    }

    /** Which keys there are, how many rows each has, and what comes next. Reads every registered table; writes nothing. */
    public KeyStatusReport status() {
        return new KeyStatusFlow(means).run();
    }

    /**
     * Puts a fresh key beside the primary.
     *
     * @param keyset empty for all data keysets
     */
    public KeyChange add(Optional<String> keyset, Keeping keeping) {
        return change(KeyEvent.ADDED, "add", keeping, gates -> adding(gates, keyset), Following::addition);
    }

    private static BundleChange.Decision adding(Asked asked, Optional<String> keyset) {
        if (keyset.isPresent()) {
            KeysetInfo found = asked.gates.keyset(keyset.get());
            if (found.name().equals(KeyBundle.EVIDENCE_KEYSET)) {
                asked.gates.refuseUnlessPromotable(found);
            }
            return new BundleChange.Decision(List.of(new KeyEdit.Add(found.name())), "");
        }
        List<KeyEdit> edits = asked.bundle.keysets().stream()
                .filter(k -> k.purpose() == KeyPurpose.AEAD)
                .<KeyEdit>map(k -> new KeyEdit.Add(k.name()))
                .toList();
        return new BundleChange.Decision(edits, "");
    }

    /**
     * Makes a key the one that seals.
     *
     * @param minAge how long the key must be known
     * @param readersConfirmed whether somebody states that every reader has it, however long it is known
     */
    public KeyChange promote(KeyName key, Duration minAge, boolean readersConfirmed, Keeping keeping) {
        return change(
                KeyEvent.PROMOTED,
                "promote",
                keeping,
                asked -> {
                    asked.gates.refuseUnlessPromotable(asked.gates.keyset(key.keyset()));
                    String detail = asked.gates.requireReaders(key, minAge, readersConfirmed);
                    return decided(key, KeyEdit.Kind.PROMOTE, detail);
                },
                Following::promotion);
    }

    /** Moves every row of the selected columns to the keyset primary, whatever key it is of. */
    public ReencryptReport reencrypt(Selection selection, ReencryptTerms terms) {
        return new ReencryptFlow(means).run(selection, terms);
    }

    /** What {@link #reencrypt} would do, in sentences. */
    public List<String> previewReencrypt(Selection selection) {
        return new ReencryptFlow(means).preview(selection);
    }

    /** Lets a key open nothing any more; no row may have it. */
    public KeyChange disable(KeyName key, Keeping keeping) {
        return change(
                KeyEvent.DISABLED,
                "disable",
                keeping,
                asked -> {
                    KeysetInfo keyset = asked.gates.keyset(key.keyset());
                    asked.gates.refuseUnlessRetirable(keyset);
                    asked.gates.refusePrimary(keyset, key);
                    asked.gates.refuseWhileRowsHave(key);
                    return decided(key, KeyEdit.Kind.DISABLE, "no row has it");
                },
                Following::disabling);
    }

    /** Takes {@link #disable} back. */
    public KeyChange enable(KeyName key, Keeping keeping) {
        return change(
                KeyEvent.ENABLED,
                "enable",
                keeping,
                asked -> {
                    asked.gates.keyset(key.keyset());
                    return decided(key, KeyEdit.Kind.ENABLE, "");
                },
                keys -> List.of("give the new bundle to every reader"));
    }

    /** Removes a disabled key for ever; no row and no backup may have it. */
    public KeyChange destroy(KeyName key, DestroyTerms terms, Keeping keeping) {
        return change(
                KeyEvent.DESTROYED,
                "destroy",
                keeping,
                asked -> {
                    KeysetInfo keyset = asked.gates.keyset(key.keyset());
                    asked.gates.refuseUnlessRetirable(keyset);
                    asked.gates.refusePrimary(keyset, key);
                    asked.gates.refuseWhileRowsHave(key);
                    asked.gates.refuseWhileBackupsHave(key);
                    String stated = asked.gates.requireSoaked(keyset, key, terms);
                    asked.gates.requireConfirmed(key, terms);
                    return decided(key, KeyEdit.Kind.DESTROY, stated);
                },
                keys -> List.of(
                        "give the new bundle to every reader, and destroy older copies of it where the key shall be gone"));
    }

    private static BundleChange.Decision decided(KeyName key, KeyEdit.Kind kind, String detail) {
        return new BundleChange.Decision(List.of(new KeyEdit.Change(key.keyset(), key.keyId(), kind)), detail);
    }

    private record Asked(KeyBundle bundle, KeyGates gates) {}

    private KeyChange change(
            KeyEvent event,
            String verb,
            Keeping keeping,
            Function<Asked, BundleChange.Decision> gates,
            Function<List<KeyName>, List<String>> next) {
        return new BundleChange(means)
                .run(
                        new BundleChange.Kind(
                                event,
                                verb,
                                bundle -> gates.apply(new Asked(bundle, new KeyGates(means.database(), bundle))),
                                next),
                        keeping);
    }

    /**
     * Writes down that a copy of the key bundle is kept off line. The bundle is fetched and held against the canaries.
     *
     * @param offlineCopy where it is, in words that are no secret
     */
    public Attested attest(String offlineCopy, boolean dryRun) {
        String where = OfflineCopy.words(offlineCopy);
        if (dryRun) {
            try (HeldBundle held = means.bundle().fetch()) {
                return attested(held.bundle(), where);
            }
        }
        return new Journal(means).runOnKeys("keys attest", run -> {
            try (HeldBundle held = means.bundle().fetch()) {
                means.database().inTransaction(TransactionSettings.writing(), "writing down an attestation", tx -> {
                    Keyring.in(tx).record(held.bundle());
                    Attestations.in(tx).record(run, held.bundle(), where);
                    return null;
                });
                return attested(held.bundle(), where);
            }
        });
    }

    private static Attested attested(KeyBundle bundle, String where) {
        return new Attested(bundle.id(), bundle.fingerprint(), where);
    }

    /** An attestation as it was written down. */
    public record Attested(String bundle, String fingerprint, String offlineCopy) {}
}
