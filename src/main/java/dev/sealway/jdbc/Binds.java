package dev.sealway.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Binds parameters by their Java type. */
final class Binds {

    private Binds() {}

    static void bind(Connection connection, PreparedStatement statement, @Nullable Object... values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(connection, statement, i + 1, values[i]);
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, int at, @Nullable Object value)
            throws SQLException {
        if (value == null) {
            statement.setNull(at, Types.NULL);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(at, bytes);
        } else if (value instanceof String[] texts) {
            statement.setArray(at, connection.createArrayOf("text", texts));
        } else if (value instanceof Long[] numbers) {
            statement.setArray(at, connection.createArrayOf("int8", numbers));
        } else if (value instanceof byte[][] blobs) {
            statement.setArray(at, connection.createArrayOf("bytea", blobs));
        } else {
            statement.setObject(at, value);
        }
    }
}
