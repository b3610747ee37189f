package dev.sealway.workflow;

import java.util.Locale;

/** The verbs that can be previewed. */
public enum Verb {
    BACKUP,
    EXPAND,
    BACKFILL,
    VERIFY,
    VIEWS,
    CONTRACT,
    PURGE,
    ROLLBACK;

    /** As people type it: {@code expand}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
