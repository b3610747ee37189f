package dev.sealway.ledger;

import java.util.Locale;

/** What a walk over a table does. */
public enum Work {
    /** Encrypts. */
    BACKFILL,
    /** Decrypts what was encrypted in place. */
    REVERSE,
    /** Moves ciphertexts to the keyset primary. */
    REENCRYPT,
    /** Makes search tokens under a new key. */
    RETOKEN;

    /** As the ledger has it: {@code backfill}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Work ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
