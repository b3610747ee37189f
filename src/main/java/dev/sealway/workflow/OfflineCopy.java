package dev.sealway.workflow;

import dev.sealway.error.SealwayException;

/** Where a copy of a key bundle is kept, as somebody told it. */
final class OfflineCopy {

    private static final int LONGEST = 500;

    private OfflineCopy() {}

    /** @throws SealwayException if it says nothing, or a whole story */
    static String words(String told) {
        String where = told.strip();
        if (where.isEmpty() || where.length() > LONGEST) {
            throw SealwayException.wrongUsage(
                    "where the copy is must be told in 1 to %d characters".formatted(LONGEST));
        }
        return where;
    }
}
