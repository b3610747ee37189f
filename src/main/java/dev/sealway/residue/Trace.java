package dev.sealway.residue;

import dev.sealway.plan.TableName;
import java.util.Optional;

/**
 * One place where plaintext may linger.
 *
 * @param place in a word or two: {@code pages}, {@code write-ahead log}
 * @param table whose values are meant; empty for what all tables share
 * @param why it is in that state
 * @param mend the statement or the step that changes it; empty if nothing need be done
 */
public record Trace(String place, Optional<TableName> table, State state, String why, String mend) {

    /** What is known of a place. */
    public enum State {
        /** Plaintext is there, or must be taken to be. */
        PRESENT,
        /** It could not be looked at, or what was seen decides nothing. */
        UNKNOWN,
        /** No statement of SQL reaches it; somebody has to see to it. */
        EXTERNAL,
        /** It was looked at, and there is none. */
        CLEAN
    }

    static Trace of(String place, State state, String why, String mend) {
        return new Trace(place, Optional.empty(), state, why, mend);
    }

    static Trace clean(String place, String why) {
        return of(place, State.CLEAN, why, "");
    }

    Trace on(Suspect suspect) {
        return new Trace(place, Optional.of(suspect.name()), state, why, mend);
    }

    /** As one sentence, with the table in front. */
    public String sentence() {
        return table.map(t -> "table %s, %s: %s".formatted(t, place, why)).orElse("%s: %s".formatted(place, why));
    }
}
