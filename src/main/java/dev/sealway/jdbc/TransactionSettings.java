package dev.sealway.jdbc;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is set for one transaction, by {@code SET LOCAL}: poolers in transaction mode lose or leak anything else.
 *
 * <p>The text form of every type depends on settings; they are pinned in each transaction, together with
 * {@code row_security=off}, which makes rows hidden by a policy an error instead of a silence.
 */
public final class TransactionSettings {

    private static final String MILLIS = "ms";
    private static final String IDLE_TIMEOUT = "idle_in_transaction_session_timeout";

    private static final Map<String, String> PINNED = Map.ofEntries(
            Map.entry("extra_float_digits", "1"),
            Map.entry("DateStyle", "ISO, YMD"),
            Map.entry("IntervalStyle", "postgres"),
            Map.entry("bytea_output", "hex"),
            Map.entry("TimeZone", "UTC"),
            Map.entry("xmloption", "content"),
            Map.entry("lc_monetary", "C"),
            Map.entry("row_security", "off"),
            Map.entry("standard_conforming_strings", "on"),
            // a role's own limits are meant for an application's statements: one look at a large table takes hours
            Map.entry("statement_timeout", "0"),
            Map.entry(IDLE_TIMEOUT, "0"));

    private static final String READING = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY";
    private static final String SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";
    private static final String WRITING = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE";

    private final Map<String, String> settings;
    private final String kind;
    private final boolean repeatable;

    private TransactionSettings(Map<String, String> settings, String kind) {
        this(settings, kind, false);
    }

    private TransactionSettings(Map<String, String> settings, String kind, boolean repeatable) {
        this.settings = settings;
        this.kind = kind;
        this.repeatable = repeatable;
    }

    /**
     * For reading the catalogue and values: only {@code pg_catalog} is searched, so that types come out with their
     * schemas. Statement timeout none.
     */
    public static TransactionSettings reading() {
        return new TransactionSettings(PINNED, READING).with("search_path", "pg_catalog");
    }

    /** For one consistent look at a whole table, or at several. */
    public static TransactionSettings snapshot() {
        return new TransactionSettings(reading().settings, SNAPSHOT);
    }

    /**
     * For writing rows and definitions: the search path stays the connection's own, because users' triggers fire under
     * it; every name of ours is qualified, and {@code pg_catalog} comes first when it is not listed.
     */
    public static TransactionSettings writing() {
        return new TransactionSettings(PINNED, WRITING);
    }

    public TransactionSettings with(String setting, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(setting, value);
        return new TransactionSettings(more, kind, repeatable);
    }

    /**
     * For work that comes to the same when it is done twice: after a connection that was lost in the middle of a commit it
     * is done again, whether or not it was committed.
     */
    public TransactionSettings repeatable() {
        return new TransactionSettings(settings, kind, true);
    }

    public TransactionSettings lockTimeout(Duration timeout) {
        return with("lock_timeout", timeout.toMillis() + MILLIS);
    }

    public TransactionSettings statementTimeout(Duration timeout) {
        return with("statement_timeout", timeout.toMillis() + MILLIS);
    }

    /**
     * How long the transaction may be open with nothing to do before the server ends its session: what a process that stands
     * still has open holds up vacuum and the building of indexes.
     */
    public TransactionSettings idleTimeout(Duration timeout) {
        return with(IDLE_TIMEOUT, timeout.toMillis() + MILLIS);
    }

    /** As {@link #idleTimeout}, where there is no shorter one; zero changes nothing. */
    TransactionSettings idleTimeoutAtMost(Duration longest) {
        long now = Long.parseLong(settings.getOrDefault(IDLE_TIMEOUT, "0").replace(MILLIS, ""));
        return longest.isZero() || (now > 0 && now <= longest.toMillis()) ? this : idleTimeout(longest);
    }

    /** What the guard may know of this transaction: {@code backfill}, {@code scrub}. */
    public TransactionSettings guardMode(String mode) {
        return with("sealway.mode", mode);
    }

    Map<String, String> settings() {
        return settings;
    }

    boolean isRepeatable() {
        return repeatable;
    }

    boolean isWriting() {
        return kind.equals(WRITING);
    }

    boolean isSnapshot() {
        return kind.equals(SNAPSHOT);
    }

    /** The statement with which the transaction begins. */
    String kind() {
        return kind;
    }
}
