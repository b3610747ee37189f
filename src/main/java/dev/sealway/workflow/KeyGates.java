package dev.sealway.workflow;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyPurpose;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.KeyLife;
import dev.sealway.ledger.KnownKey;
import dev.sealway.phase.reencrypt.KeyCensus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Refuses a change of a key whose time has not come. */
final class KeyGates {

    private final Database database;
    private final KeyBundle bundle;

    KeyGates(Database database, KeyBundle bundle) {
        this.database = database;
        this.bundle = bundle;
    }

    /** @throws SealwayException if there is none of that name */
    KeysetInfo keyset(String name) {
        return bundle.keysets().stream()
                .filter(k -> k.name().equals(name))
                .findFirst()
                .orElseThrow(() -> SealwayException.refused("key bundle %s has no keyset %s, only %s"
                        .formatted(
                                bundle.id(),
                                name,
                                bundle.keysets().stream().map(KeysetInfo::name).collect(Collectors.joining(", ")))));
    }

    /** What was sealed under an older key stays readable; what was derived from one is compared, and would not match. */
    void refuseUnlessPromotable(KeysetInfo keyset) {
        if (keyset.purpose() == KeyPurpose.PRF) {
            throw SealwayException.refused(derivedLaw(keyset));
        }
    }

    private static String derivedLaw(KeysetInfo keyset) {
        return keyset.name().equals(KeyBundle.EVIDENCE_KEYSET)
                ? "keyset %s does not rotate: evidence of one verify is compared with that of another, and under another key every value would seem changed"
                        .formatted(keyset.name())
                : "keyset %s does not rotate in place: a token under another key is another token, and look-ups and uniqueness would miss every row; search tokens rotate into a second column: 'sealway keys tokens'"
                        .formatted(keyset.name());
    }

    void refuseUnlessRetirable(KeysetInfo keyset) {
        switch (keyset.purpose()) {
            case AEAD, STREAMING_AEAD -> {}
            case PRF, MAC ->
                throw SealwayException.refused(
                        "keys of keyset %s stay: nothing counts what was made with them, and it could not be checked any more"
                                .formatted(keyset.name()));
        }
    }

    /** @return what speaks for it, to be written down */
    String requireReaders(KeyName key, Duration minAge, boolean confirmed) {
        KnownKey known = known(key);
        Duration age = Duration.between(known.firstSeen(), ask(KeyLife::now));
        if (!confirmed && age.compareTo(minAge) < 0) {
            throw SealwayException.refused(
                    "%s is known for %s, and an application that does not have it yet could not read what it seals; give the new bundle to every reader, then wait until it is known for %s, or state that all have it with --readers-confirmed"
                            .formatted(key, words(age), words(minAge)));
        }
        return confirmed ? "stated: every reader has the bundle" : "known for %s".formatted(words(age));
    }

    void refusePrimary(KeysetInfo keyset, KeyName key) {
        boolean latest = ask(life -> life.latestPrimary(key.keyset()))
                .filter(k -> k.keyId() == key.keyId())
                .isPresent();
        if (latest || keyset.primaryKeyId() == key.keyId()) {
            throw SealwayException.refused(
                    "%s is the primary, which seals; promote another key first, and re-encrypt".formatted(key));
        }
    }

    /** Of every plan, counted now. */
    void refuseWhileRowsHave(KeyName key) {
        KeyCensus census = KeyCensus.of(database);
        List<String> unseen = census.uncounted().stream()
                .filter(u -> u.keysets().contains(key.keyset()))
                .map(u -> "%s: %s".formatted(u.table(), u.reason()))
                .toList();
        if (!unseen.isEmpty()) {
            throw SealwayException.refused("whether rows have %s cannot be told, as not every table can be counted: %s"
                    .formatted(key, String.join("; ", unseen)));
        }
        if (census.rowsOf(key.keyset(), key.keyId()) > 0) {
            throw SealwayException.refused(
                    "%d rows have %s: %s; run 'sealway keys reencrypt', for every plan that has such rows, and see that no application seals with an old bundle"
                            .formatted(
                                    census.rowsOf(key.keyset(), key.keyId()),
                                    key,
                                    census.rows().stream()
                                            .filter(r -> r.isOf(key.keyset(), key.keyId()))
                                            .map(r -> "%d in %s.%s".formatted(r.rows(), r.table(), r.column()))
                                            .collect(Collectors.joining(", "))));
        }
    }

    void refuseWhileBackupsHave(KeyName key) {
        long backups = ask(life -> life.backups(key.keyset(), key.keyId()));
        if (backups > 0) {
            throw SealwayException.refused(
                    "%d encrypted exports are sealed under %s (sealway.backup); destroying it makes them worthless: delete the files, and their rows in sealway.backup, first"
                            .formatted(backups, key));
        }
    }

    /** @return what was stated, to be written down */
    String requireSoaked(KeysetInfo keyset, KeyName key, DestroyTerms terms) {
        Instant disabledAt = known(key)
                .disabledAt()
                .filter(at -> keyset.disabledKeyIds().contains(key.keyId()))
                .orElseThrow(() -> SealwayException.refused(
                        "%s is not disabled; disable it, and see for a while that nobody misses it".formatted(key)));
        Instant now = ask(KeyLife::now);
        Duration age = Duration.between(disabledAt, now);
        if (age.compareTo(terms.minAge()) < 0) {
            throw SealwayException.refused(
                    "%s is disabled for %s; wait until it is %s: what still needs it fails meanwhile, and can be helped with 'sealway keys enable'"
                            .formatted(key, words(age), words(terms.minAge())));
        }
        Optional<Instant> backupsFrom =
                terms.backupsFrom().map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
        if (backupsFrom.isEmpty()
                || backupsFrom.get().isBefore(disabledAt)
                || backupsFrom.get().isAfter(now)) {
            throw SealwayException.refused(
                    "a backup of the database from before %s may hold rows of %s, which nobody could read any more; once none is kept, state it with --backups-older-than and a day from then until today"
                            .formatted(
                                    disabledAt
                                            .atOffset(ZoneOffset.UTC)
                                            .toLocalDate()
                                            .plusDays(1),
                                    key));
        }
        return "stated: no backup of the database from before %s is kept"
                .formatted(terms.backupsFrom().get());
    }

    void requireConfirmed(KeyName key, DestroyTerms terms) {
        if (!terms.isConfirmed(key, bundle.id())) {
            throw SealwayException.refused(
                    "destroying %s for ever is not confirmed; only this database was counted, and whatever else was sealed under the key (another database of the same bundle, a file) is lost with it; to do it, confirm with exactly: %s"
                            .formatted(key, DestroyTerms.phrase(key, bundle.id())));
        }
    }

    private KnownKey known(KeyName key) {
        return ask(life -> life.key(key.keyset(), key.keyId()))
                .orElseThrow(() -> SealwayException.refused(
                        "%s is not in the key bundle; 'sealway keys status' lists what is".formatted(key)));
    }

    private <T> T ask(Function<KeyLife, T> question) {
        return database.inTransaction(
                TransactionSettings.reading(), "looking for keys", tx -> question.apply(KeyLife.in(tx)));
    }

    static String words(Duration duration) {
        if (duration.toDays() >= 2) {
            return "%d days".formatted(duration.toDays());
        }
        return duration.toHours() >= 2
                ? "%d hours".formatted(duration.toHours())
                : String.format(Locale.ROOT, "%d minutes", Math.max(0, duration.toMinutes()));
    }
}
