package dev.sealway.ledger;

import java.util.Locale;

/** How far the rotation of a column's search tokens has come. */
public enum RotationState {
    /** The new token is being made; look-ups and uniqueness rest on the old one. */
    FILLING,
    /** The new token is the registered one; the old one is still kept. */
    RETIRING,
    /** The old token is gone. */
    FINISHED,
    /** The new token is gone; nothing was switched. */
    ABANDONED;

    /** As it is stored and shown: {@code filling}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RotationState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
