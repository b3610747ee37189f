package dev.sealway.backup;

import dev.sealway.error.SealwayException;

/** A file that is not a whole and unaltered backup of this place; nothing of it was given out. */
public final class BrokenBackupException extends SealwayException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with a file. */
    public enum Fault {
        NOT_A_BACKUP("it does not begin as a backup does", "name a file that 'sealway backup' wrote"),
        NOT_AUTHENTIC(
                "it does not authenticate: it was altered or cut short, or its head was",
                "use another copy, and compare its SHA-256 with the manifest"),
        UNKNOWN_KEY("it was sealed with a key that is not at hand", "use the key bundle that has it"),
        OTHER_DATABASE("it was taken in another database", "check it where it was taken"),
        OTHER_PLAN("it was taken under another plan", "name that plan with --plan"),
        MISCOUNTED(
                "its rows are not those that it was closed with",
                "it was written wrongly: make another with 'sealway backup'"),
        OTHER_THAN_ITS_MANIFEST(
                "it is not the file that its manifest tells of", "put the two that belong together side by side"),
        FORGED_MANIFEST(
                "its manifest was altered, or not made with this key bundle",
                "use the manifest that was written with it"),
        CHANGED_MEANWHILE("it changed while it was read", "keep others from writing to it, and read it again");

        private final String words;
        private final String cure;

        Fault(String words, String cure) {
            this.words = words;
            this.cure = cure;
        }
    }

    private final Fault fault;

    BrokenBackupException(String file, Fault fault) {
        super(Outcome.REFUSED, "backup %s is refused: %s; %s".formatted(file, fault.words, fault.cure));
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
