package dev.sealway.chaos;

/** What happens to a run at a time that nobody chose. */
enum Fault {
    KILL("SIGKILL at random"),
    TERMINATE("pg_terminate_backend"),
    CUT("network cut"),
    HALF_CLOSE("network half-closed"),
    STALL("network stalled"),
    RESTART("server restarted (immediate)"),
    RIVAL("second runner"),
    HOLD("table held by an application"),
    NO_KEYS("keys gone"),
    WRONG_KEYS("wrong keys");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    /** Whether the next process gets no proper keys. */
    boolean isOfKeys() {
        return this == NO_KEYS || this == WRONG_KEYS;
    }

    @Override
    public String toString() {
        return words;
    }
}
