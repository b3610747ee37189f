package dev.sealway.workflow;

import dev.sealway.crypto.Canary;
import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Keyring;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.plan.CipherSource;
import dev.sealway.plan.Plan;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Holds keys against the canaries of this database: those of the bundle, if the plan names one, and those of services. */
final class KeyCheck {

    private final Means means;

    KeyCheck(Means means) {
        this.means = means;
    }

    /** Makes sure that the bundle is the one of this database, before anything is written with it. */
    void requireBundle() {
        bundle(TransactionSettings.writing(), Keyring::record);
    }

    /** As {@link #requireBundle}, together with the keys of services that seal tables of {@code selected}. */
    void require(Plan selected) {
        requireBundle();
        services(selected, TransactionSettings.writing(), Keyring::record);
    }

    /** As {@link #require}, for an application that only reads the ledger. */
    void compare(Plan selected) {
        bundle(TransactionSettings.reading(), Keyring::verify);
        services(selected, TransactionSettings.reading(), Keyring::verify);
    }

    /** Makes sure that the bundle, if the plan names one, is not another database's; writes nothing. */
    void compareBundle() {
        boolean hasCanaries = means.database()
                .inTransaction(TransactionSettings.reading(), "looking for the ledger", LedgerSchema::isInstalled);
        if (hasCanaries) {
            bundle(TransactionSettings.reading(), Keyring::verify);
        }
    }

    private void bundle(TransactionSettings settings, BiConsumer<Keyring, KeyBundle> check) {
        if (means.plan().keys().isPresent()) {
            KeyBundle bundle = means.keys().get();
            inKeyring(settings, keyring -> check.accept(keyring, bundle));
        }
    }

    private void services(Plan selected, TransactionSettings settings, BiConsumer<Keyring, Canary> check) {
        selected.tables().stream()
                .flatMap(t -> selected.cipherOf(t).stream())
                .distinct()
                .flatMap(c -> canary(c).stream())
                .forEach(canary -> inKeyring(settings, keyring -> check.accept(keyring, canary)));
    }

    private Optional<Canary> canary(CipherSource source) {
        return source.keyset().flatMap(keyset -> canary(means.ciphers().of(source.kind(), keyset)));
    }

    private static Optional<Canary> canary(FieldCipher cipher) {
        return cipher instanceof Canary canary ? Optional.of(canary) : Optional.empty();
    }

    private void inKeyring(TransactionSettings settings, Consumer<Keyring> work) {
        means.database().inTransaction(settings, "checking the keys", tx -> {
            work.accept(Keyring.in(tx));
            return null;
        });
    }

    /** The id of the key that seals the values of a column now; 0 if that cannot be told. */
    long primary(RegisteredColumn column) {
        if (!column.cipher().equals(Ciphers.TINK)) {
            return canary(means.ciphers().of(column.cipher(), column.keyset()))
                    .map(Canary::primaryKeyId)
                    .orElse(0L);
        }
        return means.keys().get().keysets().stream()
                .filter(keyset -> keyset.name().equals(column.keyset()))
                .mapToLong(KeysetInfo::primaryKeyId)
                .findFirst()
                .orElse(0);
    }
}
