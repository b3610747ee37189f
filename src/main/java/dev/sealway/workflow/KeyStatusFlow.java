package dev.sealway.workflow;

import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.keys.HeldBundle;
import dev.sealway.ledger.Attestation;
import dev.sealway.ledger.Attestations;
import dev.sealway.ledger.KeyLife;
import dev.sealway.ledger.KnownKey;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.phase.reencrypt.KeyCensus;
import dev.sealway.phase.reencrypt.KeyRows;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts together what the bundle, the ledger and the rows tell of keys. Writes nothing. */
final class KeyStatusFlow {

    private final Means means;

    KeyStatusFlow(Means means) {
        this.means = means;
    }

    /** What the ledger knows. */
    private record Remembered(List<KnownKey> keys, Map<KeyName, Long> backups, Instant now) {}

    KeyStatusReport run() {
        List<String> notices = new ArrayList<>();
        means.ciphers().forget();
        Remembered remembered = remembered();
        KeyCensus census =
                remembered.keys().isEmpty() ? new KeyCensus(List.of(), List.of()) : KeyCensus.of(means.database());
        census.uncounted().forEach(u -> notices.add("not counted: %s".formatted(u.reason())));
        census.rows().stream()
                .filter(r -> r.key().isEmpty())
                .forEach(r -> notices.add("%d rows of %s.%s do not hold a ciphertext; run 'sealway verify'"
                        .formatted(r.rows(), r.table(), r.column())));
        Optional<KeyBundle> bundle = bundle(notices);
        List<KeyStatusReport.Keyset> keysets = new ArrayList<>();
        bundle.ifPresent(b -> b.keysets().forEach(k -> keysets.add(keyset(k, remembered, census))));
        keysets.addAll(transit(census, notices));
        Optional<Attestation> attestation = bundle.flatMap(this::attestation);
        List<String> next = new KeySteps(keysets, remembered.keys(), remembered.now()).next();
        if (bundle.isPresent() && attestation.isEmpty()) {
            next.add("keep a copy of the bundle off line, and say so: sealway keys attest --offline-copy \"where\"");
        }
        return new KeyStatusReport(
                means.plan().name(),
                bundle.map(b -> new KeyStatusReport.Bundle(
                        means.bundle().name(), b.id(), b.fingerprint(), attestation.map(a -> "%s, told by %s at %s"
                                .formatted(a.offlineCopy(), a.actor(), a.at())))),
                keysets,
                columns(census),
                notices,
                next);
    }

    private Remembered remembered() {
        return means.database().inTransaction(TransactionSettings.reading(), "reading the ledger", tx -> {
            KeyLife life = KeyLife.in(tx);
            if (!LedgerSchema.isInstalled(tx)) {
                return new Remembered(List.of(), Map.of(), life.now());
            }
            Map<KeyName, Long> backups = new HashMap<>();
            life.keys()
                    .forEach(k -> backups.put(new KeyName(k.keyset(), k.keyId()), life.backups(k.keyset(), k.keyId())));
            return new Remembered(life.keys(), backups, life.now());
        });
    }

    /** A place that does not answer leaves the rest to be told. */
    private Optional<KeyBundle> bundle(List<String> notices) {
        if (means.plan().keys().isEmpty()) {
            return Optional.empty();
        }
        try (HeldBundle held = means.bundle().fetch()) {
            return Optional.of(held.bundle());
        } catch (SealwayException e) {
            notices.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Attestation> attestation(KeyBundle bundle) {
        return means.database().inTransaction(TransactionSettings.reading(), "looking for an attestation", tx -> {
            return LedgerSchema.isInstalled(tx)
                    ? Attestations.in(tx).latest(bundle.id()).filter(a -> a.covers(bundle))
                    : Optional.<Attestation>empty();
        });
    }

    /** The keys of the bundle, and those that only the ledger or rows know. */
    private static KeyStatusReport.Keyset keyset(KeysetInfo keyset, Remembered remembered, KeyCensus census) {
        TreeSet<Long> ids = new TreeSet<>(keyset.keyIds());
        ids.addAll(keyset.disabledKeyIds());
        remembered.keys().stream().filter(k -> k.keyset().equals(keyset.name())).forEach(k -> ids.add(k.keyId()));
        census.rows().stream().filter(r -> r.keyset().equals(keyset.name())).forEach(r -> r.key()
                .ifPresent(ids::add));
        return new KeyStatusReport.Keyset(
                keyset.name(),
                keyset.purpose().id(),
                ids.stream().map(id -> key(keyset, id, remembered, census)).toList());
    }

    private static KeyStatusReport.Key key(KeysetInfo keyset, long id, Remembered remembered, KeyCensus census) {
        Optional<KnownKey> known = remembered.keys().stream()
                .filter(k -> k.keyset().equals(keyset.name()) && k.keyId() == id)
                .findFirst();
        return new KeyStatusReport.Key(
                id,
                state(keyset, id, known),
                known.map(k -> k.firstSeen().toString()),
                known.map(KnownKey::encryptions).orElse(0L),
                census.rowsOf(keyset.name(), id),
                remembered.backups().getOrDefault(new KeyName(keyset.name(), id), 0L));
    }

    private static String state(KeysetInfo keyset, long id, Optional<KnownKey> known) {
        if (keyset.primaryKeyId() == id) {
            return "primary";
        }
        if (keyset.keyIds().contains(id)) {
            return "enabled";
        }
        if (keyset.disabledKeyIds().contains(id)) {
            return "disabled";
        }
        return known.flatMap(KnownKey::destroyedAt).isPresent() ? "destroyed" : "missing";
    }

    /** The versions that rows have, and the one that seals. */
    private List<KeyStatusReport.Keyset> transit(KeyCensus census, List<String> notices) {
        Map<String, TreeMap<Long, Long>> keys = new TreeMap<>();
        for (KeyRows rows : census.rows()) {
            if (rows.cipher().equals(Ciphers.VAULT_TRANSIT)) {
                rows.key().ifPresent(version -> keys.computeIfAbsent(rows.keyset(), k -> new TreeMap<>())
                        .merge(version, rows.rows(), Long::sum));
            }
        }
        List<KeyStatusReport.Keyset> keysets = new ArrayList<>();
        keys.forEach((name, versions) -> {
            Optional<Long> latest = latest(name, notices);
            latest.ifPresent(v -> versions.putIfAbsent(v, 0L));
            keysets.add(new KeyStatusReport.Keyset(
                    name,
                    Ciphers.VAULT_TRANSIT,
                    versions.entrySet().stream()
                            .map(v -> new KeyStatusReport.Key(
                                    v.getKey(),
                                    latest.filter(v.getKey()::equals).isPresent() ? "primary" : "enabled",
                                    Optional.empty(),
                                    0,
                                    v.getValue(),
                                    0))
                            .toList()));
        });
        return keysets;
    }

    /** {@code vault:v3:} says 3. */
    private Optional<Long> latest(String key, List<String> notices) {
        try {
            String prefix =
                    new String(means.ciphers().of(Ciphers.VAULT_TRANSIT, key).primaryPrefix(), StandardCharsets.UTF_8);
            return Optional.of(Long.parseLong(prefix.replaceAll("[^0-9]", "")));
        } catch (SealwayException e) {
            notices.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static List<KeyStatusReport.Column> columns(KeyCensus census) {
        return census.rows().stream()
                .map(r -> new KeyStatusReport.Column(
                        r.table().toString(),
                        r.column(),
                        r.keyset(),
                        r.key().isPresent() ? Optional.of(r.key().getAsLong()) : Optional.empty(),
                        r.rows()))
                .toList();
    }
}
