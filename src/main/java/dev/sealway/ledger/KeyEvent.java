package dev.sealway.ledger;

import java.util.Locale;

/** What can be done with a key. */
public enum KeyEvent {
    ADDED,
    PROMOTED,
    DISABLED,
    ENABLED,
    DESTROYED;

    /** As it is stored and shown: {@code added}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
