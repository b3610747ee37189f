package dev.sealway.jdbc;

import dev.sealway.error.SealwayException;
import dev.sealway.patience.Patience;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Makes connections, and may keep some that are given back for the next who ask. One that fails is tried again only if
 * another was made before: until then it is rather the address or the password that is wrong than the server that
 * restarts. Thread-safe.
 */
final class Connections {

    private final DataSource dataSource;
    private final Patience patience;
    private final AtomicBoolean reached;
    private final Set<Integer> backends;
    private final Deque<Connection> kept = new ArrayDeque<>();
    private int keeps;

    Connections(DataSource dataSource, Patience patience) {
        this(dataSource, patience, new AtomicBoolean(), ConcurrentHashMap.newKeySet(), 0);
    }

    private Connections(
            DataSource dataSource, Patience patience, AtomicBoolean reached, Set<Integer> backends, int keeps) {
        this.dataSource = dataSource;
        this.patience = patience;
        this.reached = reached;
        this.backends = backends;
        this.keeps = keeps;
    }

    /** The same, with a count of its own of what is open. */
    Connections apart() {
        return new Connections(dataSource, patience, reached, ConcurrentHashMap.newKeySet(), 0);
    }

    Connections with(Patience other) {
        return new Connections(dataSource, other, reached, ConcurrentHashMap.newKeySet(), 0);
    }

    /** The same, which keeps so many. */
    Connections keeping(int many) {
        return new Connections(dataSource, patience, reached, backends, many);
    }

    /** Opens as many as it keeps, or none. */
    void fill(Supplier<Connection> opening) {
        List<Connection> opened = new ArrayList<>();
        int wanted = keeps;
        try {
            while (opened.size() < wanted) {
                opened.add(opening.get());
            }
        } finally {
            opened.forEach(opened.size() == wanted ? this::giveBack : this::release);
        }
    }

    /** Keeps none from now on. */
    synchronized void keepNone() {
        keeps = 0;
        kept.forEach(this::release);
        kept.clear();
    }

    Set<Integer> backends() {
        return Set.copyOf(backends);
    }

    /** In autocommit mode; idle for as long as it takes: one session of a run waits while another works. */
    Connection connect() {
        Optional<Connection> waiting = takeKept();
        if (waiting.isPresent()) {
            return waiting.get();
        }
        Connection connection = reached.get() ? patiently() : first();
        reached.set(true);
        return connection;
    }

    /**
     * As {@link #connect}, but tried once.
     *
     * @throws SqlFailure if there is none now
     */
    Connection connectAtOnce() {
        Optional<Connection> waiting = takeKept();
        if (waiting.isPresent()) {
            return waiting.get();
        }
        Connection connection = once();
        reached.set(true);
        return connection;
    }

    /** A server that answers is there, even if it has no time yet. */
    private Connection first() {
        try {
            return once();
        } catch (SqlFailure e) {
            if (!e.isConnectionLost() || e.sqlState().startsWith("08")) {
                throw e;
            }
            return patiently();
        }
    }

    /** What comes out of this is for good: whoever repeats what lost its connection must not wait so long each time. */
    private Connection patiently() {
        try {
            return patience.retry(this::once);
        } catch (SqlFailure e) {
            throw e.isConnectionLost()
                    ? SealwayException.failed(
                            "%s, %d times in a row. What is committed stays; see to the server, then run it again, which continues"
                                    .formatted(e.getMessage(), patience.attempts()))
                    : e;
        }
    }

    private Connection once() {
        try {
            Connection connection = dataSource.getConnection();
            try {
                requireExtendedProtocol(connection);
                connection.setAutoCommit(true);
                mayIdle(connection);
                backends.add(pid(connection));
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw SqlFailure.of("connecting to the database", e);
        }
    }

    private static void mayIdle(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET idle_session_timeout = 0");
        }
    }

    /** One that the server closed meanwhile is none. */
    private synchronized Optional<Connection> takeKept() {
        for (Connection next = kept.poll(); next != null; next = kept.poll()) {
            try {
                mayIdle(next);
                return Optional.of(next);
            } catch (SQLException e) {
                close(next);
            }
        }
        return Optional.empty();
    }

    private static void requireExtendedProtocol(Connection connection) throws SQLException {
        if (!connection.isWrapperFor(PGConnection.class)) {
            throw SealwayException.wrongUsage(
                    "the data source is not one of the PostgreSQL JDBC driver; give Sealway one that is");
        }
        if (connection.unwrap(PGConnection.class).getPreferQueryMode() == PreferQueryMode.SIMPLE) {
            throw SealwayException.refused("the connection uses preferQueryMode=simple, which writes values into"
                    + " statement texts and so into logs; remove it from the URL");
        }
    }

    /** Keeps one that nothing is wrong with, if there is room, and else closes it. */
    void giveBack(Connection connection) {
        if (!keep(connection)) {
            release(connection);
        }
    }

    private synchronized boolean keep(Connection connection) {
        return kept.size() < keeps && isOpen(connection) && kept.add(connection);
    }

    /** A pool's connection lives on, and would keep the setting. */
    private void release(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("RESET idle_session_timeout");
        } catch (SQLException ignored) {
            // it is gone already
        }
        close(connection);
    }

    private static boolean isOpen(Connection connection) {
        try {
            return !connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }

    /** Closes a connection, whatever state it is in; nothing is left in it that could be lost. */
    void close(Connection connection) {
        try {
            backends.remove(pid(connection));
        } catch (SQLException ignored) {
            // a pool's connection that was closed has no process any more
        }
        try {
            connection.close();
        } catch (SQLException ignored) {
            // it is gone already
        }
    }

    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }
}
