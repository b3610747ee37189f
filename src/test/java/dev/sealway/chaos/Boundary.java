package dev.sealway.chaos;

import java.util.Locale;

/**
 * A place between two steps of a verb, at which a run can be broken off.
 *
 * @param label what is about to be done or was done there, as {@code INSERT INTO sealway.run}; never a value
 * @param occurrence which time the verb comes to this place, from 1
 */
record Boundary(String verb, Moment moment, String label, int occurrence) {

    enum Moment {
        /** A transaction is about to begin; what was read before is sealed by now. */
        BEGIN,
        /** A statement that writes is about to run in a transaction. */
        WRITE,
        /** A transaction that wrote is about to be committed. */
        COMMIT,
        /** It is committed, and the program does not know yet. */
        COMMITTED,
        /** A statement that cannot run in a transaction is about to run. */
        ALONE,
        /** It is through. */
        DONE;

        /** Whether the database is in another state here than at the moment before, once the process is dead. */
        boolean tellsTheDeadApart() {
            return this != BEGIN && this != WRITE;
        }
    }

    /** The same place, when the verb comes to it first. */
    Boundary firstTurn() {
        return new Boundary(verb, moment, label, 1);
    }

    static Boundary parse(String line) {
        String[] parts = line.split("\\|", -1);
        return new Boundary(parts[0], Moment.valueOf(parts[1]), parts[2], Integer.parseInt(parts[3]));
    }

    /** For {@link #parse}. */
    String line() {
        return "%s|%s|%s|%d".formatted(verb, moment, label, occurrence);
    }

    @Override
    public String toString() {
        return "%s, %s %s, time %d".formatted(verb, moment.name().toLowerCase(Locale.ROOT), label, occurrence);
    }
}
