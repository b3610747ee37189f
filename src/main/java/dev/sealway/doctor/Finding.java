package dev.sealway.doctor;

/**
 * Something that was looked at.
 *
 * @param what the thing and its state
 * @param why what that means for a run; empty where all is well
 * @param mend the statement or setting that changes it; empty where all is well
 */
public record Finding(Group group, Severity severity, String what, String why, String mend) {

    /** What findings are about, in the order of a report. */
    public enum Group {
        SERVER,
        LOGGING,
        CONNECTION,
        ROLE,
        TABLES,
        REPLICATION,
        SPACE,
        CLOCK,
        KEYS,
        FLYWAY,
        JVM
    }

    /** How much it matters, the least first. */
    public enum Severity {
        OK,
        /** Worth knowing. */
        NOTICE,
        /** A run may fail, or something may be lost or leak under conditions. */
        WARNING,
        /** No run should begin. */
        REFUSAL
    }

    public static Finding ok(Group group, String what) {
        return new Finding(group, Severity.OK, what, "", "");
    }

    public static Finding notice(Group group, String what, String why, String mend) {
        return new Finding(group, Severity.NOTICE, what, why, mend);
    }

    public static Finding warning(Group group, String what, String why, String mend) {
        return new Finding(group, Severity.WARNING, what, why, mend);
    }

    public static Finding refusal(Group group, String what, String why, String mend) {
        return new Finding(group, Severity.REFUSAL, what, why, mend);
    }

    /** The same as a warning, if it was a refusal. */
    public Finding allowed() {
        return severity == Severity.REFUSAL ? new Finding(group, Severity.WARNING, what, why, mend) : this;
    }

    public boolean isAtLeast(Severity other) {
        return severity.compareTo(other) >= 0;
    }

    /** As one sentence. */
    public String sentence() {
        return why.isEmpty() ? what : "%s: %s (%s)".formatted(what, why, mend);
    }
}
