package dev.sealway.jdbc;

import dev.sealway.error.SealwayException;
import dev.sealway.patience.Patience;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Makes connections. One that fails is tried again only if another was made before: until then it is rather the address or
 * the password that is wrong than the server that restarts. Thread-safe.
 */
final class Connections {

    private final DataSource dataSource;
    private final Patience patience;
    private final AtomicBoolean reached;
    private final Set<Integer> backends = ConcurrentHashMap.newKeySet();

    Connections(DataSource dataSource, Patience patience) {
        this(dataSource, patience, new AtomicBoolean());
    }

    private Connections(DataSource dataSource, Patience patience, AtomicBoolean reached) {
        this.dataSource = dataSource;
        this.patience = patience;
        this.reached = reached;
    }

    /** The same, with a count of its own of what is open. */
    Connections apart() {
        return new Connections(dataSource, patience, reached);
    }

    Connections with(Patience other) {
        return new Connections(dataSource, other, reached);
    }

    Set<Integer> backends() {
        return Set.copyOf(backends);
    }

    /** In autocommit mode; idle for as long as it takes: one session of a run waits while another works. */
    Connection connect() {
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
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET idle_session_timeout = 0");
                }
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

    /** Gives a connection back, whatever state it is in; nothing is left in it that could be lost. */
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
