package dev.sealway.workflow;

import java.util.Locale;

/** The verbs that can be previewed. */
public enum Verb {
    BACKUP,
    EXPAND,
    BACKFILL,
    VERIFY,
    EVIDENCE,
    VIEWS,
    CUT_OVER,
    CONTRACT,
    PURGE,
    ROLLBACK,
    REHEARSE;

    /** As people type it: {@code expand}. */
    public String word() {
        return switch (this) {
            case EVIDENCE -> "verify --evidence";
            case REHEARSE -> "rollback --rehearse";
            default -> name().replace("_", "").toLowerCase(Locale.ROOT);
        };
    }
}
