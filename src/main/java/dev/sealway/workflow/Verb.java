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
    ROLLBACK;

    /** As people type it: {@code expand}. */
    public String word() {
        return this == EVIDENCE
                ? "verify --evidence"
                : name().replace("_", "").toLowerCase(Locale.ROOT);
    }
}
