package dev.sealway;

/** Opens to tests what nobody else changes in the way a walk goes about it. */
public final class Walking {

    private Walking() {}

    /** Writes small batches as large ones are written: every fourth row in a transaction, where there are several indexes. */
    public static Sealway.Builder apart(Sealway.Builder builder) {
        return builder.walking(settings -> settings.withLeastAtOnce(1));
    }
}
