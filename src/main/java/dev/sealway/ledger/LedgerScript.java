package dev.sealway.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A numbered script that brings schema {@code sealway} one version further.
 *
 * @param number from 1 without gaps; a script that was released never changes
 * @param name {@code 1__ledger}
 * @param text one or more statements
 */
record LedgerScript(int number, String name, String text) {

    private static final List<String> NAMES = List.of(
            "1__ledger",
            "2__ciphers_and_modes",
            "3__backups",
            "4__key_life",
            "5__token_keys",
            "6__cut_over",
            "7__audit",
            "8__leases",
            "9__way_back",
            "10__residue",
            "11__workers_of_a_run");

    static List<LedgerScript> all() {
        return NAMES.stream().map(LedgerScript::read).toList();
    }

    private static LedgerScript read(String name) {
        int number = Integer.parseInt(name.substring(0, name.indexOf("__")));
        String file = "%s.sql".formatted(name);
        try (InputStream script = LedgerScript.class.getResourceAsStream(file)) {
            if (script == null) {
                throw new IllegalStateException("%s is missing from the jar".formatted(file));
            }
            return new LedgerScript(number, name, new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("reading %s".formatted(file), e);
        }
    }
}
