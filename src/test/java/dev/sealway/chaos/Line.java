package dev.sealway.chaos;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.postgresql.PGConnection;

/** An application's connection to the server. */
final class Line implements AutoCloseable {

    /** Null for a text parameter. */
    static final Object NO_TEXT = new Object();

    /** Null for a binary parameter. */
    static final Object NO_BYTES = new Object();

    private static final int PATIENCE = 1_200;

    private final Connection connection;
    private final String application;
    private final int pid;

    private Line(Connection connection, String application) throws SQLException {
        this.connection = connection;
        this.application = application;
        this.pid = connection.unwrap(PGConnection.class).getBackendPID();
    }

    static Line open(Scene scene, int writer) throws SQLException {
        String application = "chaos-writer-%d".formatted(writer);
        return new Line(scene.source(application).getConnection(), application);
    }

    /** Waits for the server to be back. */
    static Line awaited(Scene scene, int writer) throws SQLException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return open(scene, writer);
            } catch (SQLException e) {
                if (attempt == PATIENCE) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    /** Whether it is the connection that failed, so that nobody knows what became of the statement. */
    static boolean isLost(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("57P") || state.equals("53300");
    }

    int execute(String sql, Object... binds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < binds.length; i++) {
                if (binds[i] == NO_TEXT || binds[i] == NO_BYTES) {
                    statement.setNull(i + 1, binds[i] == NO_TEXT ? Types.VARCHAR : Types.BINARY);
                } else {
                    statement.setObject(i + 1, binds[i]);
                }
            }
            return statement.executeUpdate();
        }
    }

    /** The columns of {@code people}. */
    Set<String> columns() throws SQLException {
        Set<String> columns = new HashSet<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT attname FROM pg_attribute"
                        + " WHERE attrelid = 'people'::regclass AND attnum > 0 AND NOT attisdropped")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        return columns;
    }

    /** Empty if there is no such row. */
    Optional<Long> version(long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT v FROM people WHERE id = ?")) {
            statement.setLong(1, id);
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    /** Makes sure that nothing which {@code lost} was told to do can still happen. */
    void end(Line lost) throws SQLException, InterruptedException {
        while (isThere(lost)) {
            Thread.sleep(5);
        }
    }

    private boolean isThere(Line lost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = ? AND application_name = ? AND pid <> ?")) {
            statement.setInt(1, lost.pid);
            statement.setString(2, lost.application);
            statement.setInt(3, pid);
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
