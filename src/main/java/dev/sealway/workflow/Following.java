package dev.sealway.workflow;

import java.util.List;

/** What has to follow a change of keys. */
final class Following {

    private Following() {}

    static List<String> addition(List<KeyName> keys) {
        return List.of(
                "give the new bundle to every application and job that reads, and restart what keeps one open",
                "keep a new copy off line, and say so: sealway keys attest --offline-copy \"where\"",
                "after %s, or once every reader has it: %s"
                        .formatted(
                                KeyGates.words(KeyRotation.PROMOTE_AGE),
                                keys.isEmpty() ? "sealway keys promote" : command("promote", keys.get(0))));
    }

    static List<String> promotion(List<KeyName> keys) {
        return List.of(
                "give the new bundle to every application and job that writes",
                "then move the rows: sealway keys reencrypt");
    }

    static List<String> disabling(List<KeyName> keys) {
        return List.of(
                "give the new bundle to every reader, and watch for what does not open; 'sealway keys enable' takes it back",
                "after %s: %s".formatted(KeyGates.words(KeyRotation.DESTROY_AGE), command("destroy", keys.get(0))));
    }

    /** {@code sealway keys promote --keyset data/default --key 123} */
    static String command(String verb, KeyName key) {
        return "sealway keys %s --keyset %s --key %s".formatted(verb, key.keyset(), key.keyId());
    }
}
