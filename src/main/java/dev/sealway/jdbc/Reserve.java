package dev.sealway.jdbc;

/**
 * Connections of one who works for long, and opens a session after the other: they go from session to session, and nobody
 * else gets them in between. More sessions at a time than that take further connections. Thread-safe.
 */
public final class Reserve implements AutoCloseable {

    private final Database database;
    private final Connections connections;

    Reserve(Database database, Connections connections) {
        this.database = database;
        this.connections = connections;
    }

    /** The same database, through these connections. */
    public Database database() {
        return database;
    }

    /** Sessions that are still open keep theirs until they are closed. */
    @Override
    public void close() {
        connections.keepNone();
    }
}
