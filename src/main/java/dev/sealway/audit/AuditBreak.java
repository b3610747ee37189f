package dev.sealway.audit;

/**
 * The first place where an audit trail is not what was written.
 *
 * @param seq the entry that is wrong, or is missing
 */
public record AuditBreak(long seq, Kind kind) {

    /** What is wrong. */
    public enum Kind {
        MISSING("is missing: it was deleted"),
        ALTERED("is not what it was: its hash is not that of its content"),
        UNCHAINED(
                "does not follow the one before: that was altered or put in another's place, or entries were swapped"),
        FORGED("is signed with a key that is not of this audit keyset, or was made over without the key"),
        OTHER_THAN_ANCHORED("has another hash than the anchor: the trail was written anew"),
        CUT_OFF("is missing: an anchor knows it, so the trail was cut off or the database is from before");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** {@code entry 17 is missing: it was deleted}. */
    public String words() {
        return "entry %d %s".formatted(seq, kind.words);
    }
}
