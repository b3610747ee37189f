package dev.sealway.jdbc;

import dev.sealway.error.SealwayException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PreferQueryMode;

/** The database that is migrated: hands out sessions. Thread-safe. */
public final class Database {

    private final DataSource dataSource;
    private final @Nullable Object companion;

    private Database(DataSource dataSource, @Nullable Object companion) {
        this.dataSource = dataSource;
        this.companion = companion;
    }

    public static Database of(DataSource dataSource) {
        return new Database(dataSource, null);
    }

    /**
     * The same database, whose transactions have {@code companion} with them ({@link Transaction#companion}): what a room
     * far below the composition root needs wherever it writes, without every phase in between handing it on.
     *
     * @param companion thread-safe
     */
    public Database accompaniedBy(Object companion) {
        return new Database(dataSource, companion);
    }

    /**
     * A connection of its own, in autocommit mode.
     *
     * @throws SealwayException if the database cannot be reached, or the driver is set to put values into statement
     *     texts ({@code preferQueryMode=simple}), from where they get into logs
     */
    public Session open() {
        try {
            Connection connection = dataSource.getConnection();
            try {
                requireExtendedProtocol(connection);
                connection.setAutoCommit(true);
                return new Session(connection, companion);
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

    /** Runs {@code work} in a transaction on a session of its own. */
    public <T> T inTransaction(TransactionSettings settings, String doing, Function<Transaction, T> work) {
        try (Session session = open()) {
            return session.inTransaction(settings, doing, work);
        }
    }
}
