package dev.sealway.planfile;

import dev.sealway.crypto.Ciphers;
import dev.sealway.plan.Binding;
import dev.sealway.plan.Mode;
import java.util.Map;
import java.util.Optional;

/** How the values of one table are sealed, as far as its columns must fit in with it. */
record Sealing(Mode mode, String cipher, Binding binding, boolean acceptEncrypted) {

    private static final Map<String, Mode> MODES =
            Map.of(Mode.EXPAND.word(), Mode.EXPAND, Mode.IN_PLACE.word(), Mode.IN_PLACE);
    private static final Map<String, Binding> BINDINGS =
            Map.of("none", Binding.NONE, "column", Binding.COLUMN, "row", Binding.ROW);
    private static final Map<String, Boolean> ALREADY_ENCRYPTED = Map.of("accept", true, "refuse", false);

    static Sealing read(YamlMap table, Defaults defaults, CipherNames ciphers) {
        Sealing sealing = new Sealing(
                table.value("mode").flatMap(v -> v.oneOf(MODES)).orElse(Mode.EXPAND),
                table.value("cipher").flatMap(ciphers::read).orElse(defaults.cipher()),
                table.value("bind").flatMap(v -> v.oneOf(BINDINGS)).orElse(Binding.COLUMN),
                table.value("already-encrypted")
                        .flatMap(v -> v.oneOf(ALREADY_ENCRYPTED))
                        .orElse(false));
        ciphers.choose(sealing.cipher);
        sealing.checkTable(table);
        return sealing;
    }

    /** The plan's cipher; empty if it is the key bundle's own. */
    Optional<String> ownCipher() {
        return Optional.of(cipher).filter(name -> !name.equals(Ciphers.TINK));
    }

    private void checkTable(YamlMap table) {
        boolean tink = ownCipher().isEmpty();
        if (mode == Mode.IN_PLACE && tink) {
            refuse(
                    table,
                    "mode",
                    "in-place needs a cipher of kind vault-transit, whose ciphertexts are text; declare "
                            + "one under ciphers and choose it with cipher");
        }
        if (binding == Binding.NONE && tink) {
            refuse(table, "bind", "none is for a cipher of kind vault-transit only; write column or row");
        }
        if (mode == Mode.EXPAND) {
            table.value("already-encrypted").ifPresent(v -> v.faultOfKey("is for mode: in-place only; take it out"));
        }
    }

    void checkColumn(YamlMap column) {
        if (mode == Mode.IN_PLACE) {
            column.value("search")
                    .ifPresent(
                            v -> v.faultOfKey(
                                    "there is no blind index in place; use mode: expand for a table whose values are looked up"));
            column.value("pad").ifPresent(v -> v.faultOfKey("values are not padded in place; take it out"));
        }
        if (ownCipher().isPresent()) {
            column.value("keyset")
                    .ifPresent(v -> v.faultOfKey(
                            "keysets are the key bundle's, and cipher %s has its key elsewhere; take it out"
                                    .formatted(cipher)));
        }
    }

    private static void refuse(YamlMap table, String key, String message) {
        table.value(key).ifPresent(v -> v.fault(message));
    }
}
