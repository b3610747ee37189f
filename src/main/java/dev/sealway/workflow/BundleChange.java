package dev.sealway.workflow;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyEdit;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.keys.EditedBundle;
import dev.sealway.keys.HeldBundle;
import dev.sealway.ledger.KeyEvent;
import dev.sealway.ledger.KeyLife;
import dev.sealway.ledger.Keyring;
import dev.sealway.ledger.LedgerSchema;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One change of the key bundle: fetched anew, held against the canaries, gated, edited, put back by compare-and-set, and
 * written down.
 */
final class BundleChange {

    private final Means means;
    private final Journal journal;

    BundleChange(Means means) {
        this.means = means;
        this.journal = new Journal(means);
    }

    /**
     * What is to be done, once the gates let it.
     *
     * @param detail what speaks for it, to be written down
     */
    record Decision(List<KeyEdit> edits, String detail) {}

    /**
     * One kind of change.
     *
     * @param gates looks at the bundle, and refuses or decides
     * @param next what has to follow, told from the keys that were changed
     */
    record Kind(
            KeyEvent event,
            String verb,
            Function<KeyBundle, Decision> gates,
            Function<List<KeyName>, List<String>> next) {}

    KeyChange run(Kind kind, Keeping keeping) {
        if (keeping.out().isEmpty() && !means.bundle().isWritable()) {
            throw SealwayException.refused(
                    "the key bundle in %s cannot be replaced from here; write the new one to a file with --out FILE, put it there yourself, for every process, and delete the file"
                            .formatted(means.bundle().name()));
        }
        return keeping.dryRun()
                ? tried(kind, keeping)
                : journal.runOnKeys("keys " + kind.verb(), run -> done(kind, keeping, run));
    }

    private KeyChange tried(Kind kind, Keeping keeping) {
        boolean installed = means.database()
                .inTransaction(TransactionSettings.reading(), "looking for the ledger", LedgerSchema::isInstalled);
        if (!installed) {
            throw SealwayException.refused(
                    "this database has no ledger yet, so nothing is known of keys; run 'sealway expand' first");
        }
        try (HeldBundle held = means.bundle().fetch()) {
            means.database().inTransaction(TransactionSettings.reading(), "checking the key bundle", tx -> {
                Keyring.in(tx).verify(held.bundle());
                return null;
            });
            List<KeyName> named = named(kind.gates().apply(held.bundle()).edits());
            return new KeyChange(
                    true,
                    kind.event().word(),
                    named,
                    held.bundle().id(),
                    "",
                    place(keeping),
                    kind.next().apply(named));
        }
    }

    private KeyChange done(Kind kind, Keeping keeping, long run) {
        try (HeldBundle held = means.bundle().fetch()) {
            inLedger(tx -> Keyring.in(tx).record(held.bundle()));
            Decision decision = kind.gates().apply(held.bundle());
            try (EditedBundle made = held.edit(decision.edits())) {
                List<KeyName> changed =
                        kind.event() == KeyEvent.ADDED ? added(held.bundle(), made.bundle()) : named(decision.edits());
                means.progress()
                        .done("Made a key bundle in which %s is %s"
                                .formatted(words(changed), kind.event().word()));
                store(kind.event(), keeping, made, changed);
                inLedger(tx -> {
                    if (keeping.out().isEmpty()) {
                        Keyring.in(tx).record(made.bundle());
                    }
                    changed.forEach(k -> record(KeyLife.in(tx), kind.event(), keeping, k));
                    changed.forEach(k -> KeyLife.in(tx)
                            .record(
                                    run,
                                    k.keyset(),
                                    k.keyId(),
                                    kind.event(),
                                    made.bundle().fingerprint(),
                                    decision.detail()));
                });
                return new KeyChange(
                        false,
                        kind.event().word(),
                        changed,
                        made.bundle().id(),
                        made.bundle().fingerprint(),
                        place(keeping),
                        kind.next().apply(changed));
            }
        }
    }

    /**
     * The ledger must not miss a key any more before the first bundle goes without it. Should storing fail, that stays: a
     * service may have stored what it did not confirm.
     */
    private void store(KeyEvent event, Keeping keeping, EditedBundle made, List<KeyName> changed) {
        if (event == KeyEvent.DISABLED) {
            inLedger(tx -> changed.forEach(k -> KeyLife.in(tx).disabled(k.keyset(), k.keyId())));
        }
        if (keeping.out().isPresent()) {
            made.writeTo(keeping.out().get());
        } else {
            made.replace();
        }
    }

    /** A bundle that was written to a file is not in use yet: the one that is may not have the key enabled. */
    private static void record(KeyLife life, KeyEvent event, Keeping keeping, KeyName key) {
        switch (event) {
            case ADDED -> {}
            case PROMOTED -> life.promoted(key.keyset(), key.keyId());
            case DISABLED -> life.disabled(key.keyset(), key.keyId());
            case ENABLED -> {
                if (keeping.out().isEmpty()) {
                    life.enabled(key.keyset(), key.keyId());
                }
            }
            case DESTROYED -> life.destroyed(key.keyset(), key.keyId());
        }
    }

    private String place(Keeping keeping) {
        return keeping.out().map(f -> "file %s".formatted(f)).orElseGet(means.bundle()::name);
    }

    private static String words(List<KeyName> keys) {
        return keys.stream().map(KeyName::toString).collect(Collectors.joining(", "));
    }

    private static List<KeyName> named(List<KeyEdit> edits) {
        return edits.stream()
                .filter(KeyEdit.Change.class::isInstance)
                .map(KeyEdit.Change.class::cast)
                .map(c -> new KeyName(c.keyset(), c.keyId()))
                .toList();
    }

    private static List<KeyName> added(KeyBundle before, KeyBundle after) {
        Set<KeyName> known = Set.copyOf(enabled(before));
        return enabled(after).stream().filter(k -> !known.contains(k)).toList();
    }

    private static List<KeyName> enabled(KeyBundle bundle) {
        return bundle.keysets().stream()
                .flatMap(k -> k.keyIds().stream().map(id -> new KeyName(k.name(), id)))
                .toList();
    }

    private void inLedger(Consumer<Transaction> work) {
        means.database().inTransaction(TransactionSettings.writing(), "writing down what became of keys", tx -> {
            work.accept(tx);
            return null;
        });
    }
}
