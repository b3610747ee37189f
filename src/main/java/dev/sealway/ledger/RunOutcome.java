package dev.sealway.ledger;

import java.util.stream.Stream;

/** How a run ended, or that it has not. */
public enum RunOutcome {
    RUNNING("running"),
    DONE("done"),
    FAILED("failed"),
    /** A gate said no. */
    REFUSED("refused"),
    /** Somebody wanted it to end. */
    CANCELLED("cancelled"),
    /** Its session is gone and its leases are over, and nothing was recorded: the process was killed or lost the database. */
    ABANDONED("abandoned");

    private final String word;

    RunOutcome(String word) {
        this.word = word;
    }

    /** As it is stored and shown. */
    public String word() {
        return word;
    }

    static RunOutcome ofWord(String word) {
        return Stream.of(values()).filter(o -> o.word.equals(word)).findFirst().orElseThrow();
    }
}
