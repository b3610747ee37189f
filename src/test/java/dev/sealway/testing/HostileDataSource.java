package dev.sealway.testing;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Sessions in which the text form of a value loses as much as the driver lets it: it insists on DateStyle {@code ISO},
 * but not on the order of day and month, and what it sets at the start can be set again.
 */
public final class HostileDataSource extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    /** @param url with the login */
    public HostileDataSource(String url) {
        setURL(url);
        setOptions("-c DateStyle=SQL,DMY");
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        Connection connection = super.getConnection(user, password);
        try (var statement = connection.createStatement()) {
            statement.execute("SET extra_float_digits = 0");
            statement.execute("SET IntervalStyle = 'sql_standard'");
            statement.execute("SET bytea_output = 'escape'");
            statement.execute("SET xmloption = 'document'");
            statement.execute("SET TimeZone = 'Asia/Kolkata'");
        }
        return connection;
    }
}
