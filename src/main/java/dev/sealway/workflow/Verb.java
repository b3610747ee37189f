package dev.sealway.workflow;

import java.util.Locale;

/** The phases that can be previewed. */
public enum Verb {
    EXPAND,
    BACKFILL,
    VERIFY,
    VIEWS,
    CONTRACT,
    ROLLBACK;

    /** As people type it: {@code expand}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
