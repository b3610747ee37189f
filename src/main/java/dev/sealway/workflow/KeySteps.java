package dev.sealway.workflow;

import dev.sealway.crypto.KeyPurpose;
import dev.sealway.ledger.Keyring;
import dev.sealway.ledger.KnownKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What comes next in the life of each key. */
final class KeySteps {

    private final List<KeyStatusReport.Keyset> keysets;
    private final List<KnownKey> known;
    private final Instant now;

    KeySteps(List<KeyStatusReport.Keyset> keysets, List<KnownKey> known, Instant now) {
        this.keysets = keysets;
        this.known = known;
        this.now = now;
    }

    List<String> next() {
        List<String> steps = new ArrayList<>();
        boolean older = keysets.stream()
                .flatMap(k -> k.keys().stream())
                .anyMatch(k -> k.rows() > 0 && k.state().equals("enabled") && !isNew(k));
        if (older) {
            steps.add("sealway keys reencrypt");
        }
        for (KeyStatusReport.Keyset keyset : keysets) {
            if (keyset.purpose().equals(KeyPurpose.AEAD.id())) {
                keyset.keys().forEach(k -> step(new KeyName(keyset.name(), k.id()), k)
                        .ifPresent(steps::add));
            }
        }
        return steps;
    }

    /** Transit's versions have no life here. */
    private boolean isNew(KeyStatusReport.Key key) {
        return known.stream()
                .anyMatch(k -> k.keyId() == key.id() && k.promotedAt().isEmpty());
    }

    private Optional<String> step(KeyName name, KeyStatusReport.Key key) {
        Optional<KnownKey> remembered = known.stream()
                .filter(k -> k.keyset().equals(name.keyset()) && k.keyId() == name.keyId())
                .findFirst();
        return switch (key.state()) {
            case "primary" ->
                key.encryptions() < Keyring.WARNING
                        ? Optional.empty()
                        : Optional.of("%s has made %d encryptions; rotate it: sealway keys add --keyset %s"
                                .formatted(name, key.encryptions(), name.keyset()));
            case "enabled" -> enabled(name, key, remembered);
            case "disabled" ->
                Optional.of(after(
                        remembered.flatMap(KnownKey::disabledAt),
                        KeyRotation.DESTROY_AGE,
                        Following.command("destroy", name)));
            default ->
                key.rows() == 0
                        ? Optional.empty()
                        : Optional.of(
                                "%d rows are of %s, which the bundle does not have: bring back a bundle that has it"
                                        .formatted(key.rows(), name));
        };
    }

    private Optional<String> enabled(KeyName name, KeyStatusReport.Key key, Optional<KnownKey> remembered) {
        boolean promoted = remembered.flatMap(KnownKey::promotedAt).isPresent();
        if (!promoted) {
            return Optional.of(after(
                    remembered.map(KnownKey::firstSeen),
                    KeyRotation.PROMOTE_AGE,
                    "once every reader has it: " + Following.command("promote", name)));
        }
        return key.rows() == 0 ? Optional.of(Following.command("disable", name)) : Optional.empty();
    }

    private String after(Optional<Instant> since, Duration wait, String command) {
        Instant due = since.orElse(now).plus(wait);
        return due.isAfter(now) ? "from %s on, %s".formatted(due, command) : command;
    }
}
