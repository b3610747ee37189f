package dev.sealway.testing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An empty database that one test owns. Its defaults are awkward on purpose: time zone Asia/Kolkata, DateStyle
 * {@code SQL, DMY}, extra_float_digits 0. (Sessions of the JDBC driver override the first two themselves.)
 */
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final PostgresServer server;
    private final PGSimpleDataSource source;
    private final String name;

    private TestDatabase(PostgresServer server, String name) {
        this.server = server;
        this.name = name;
        this.source = server.database(name);
    }

    static TestDatabase create(PostgresServer server) throws SQLException {
        var name = "sealway_test_%d_%d".formatted(ProcessHandle.current().pid(), COUNTER.incrementAndGet());
        try (var connection = server.admin().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'".formatted(name));
            statement.execute("ALTER DATABASE %s SET timezone = 'Asia/Kolkata'".formatted(name));
            statement.execute("ALTER DATABASE %s SET datestyle = 'SQL, DMY'".formatted(name));
            statement.execute("ALTER DATABASE %s SET extra_float_digits = 0".formatted(name));
        }
        return new TestDatabase(server, name);
    }

    public String name() {
        return name;
    }

    /** A JDBC URL that carries the login, so that it is enough on its own. */
    public String jdbcUrl() {
        return withLogin(source.getURL(), user(), password());
    }

    /** The JDBC URL without user and password. */
    public String bareJdbcUrl() {
        return source.getURL();
    }

    public String user() {
        return source.getUser() == null ? "postgres" : source.getUser();
    }

    /** The password, empty where the server trusts everybody. */
    public String password() {
        return source.getPassword() == null ? "" : source.getPassword();
    }

    /** Opens a new session with each call; whoever opens it closes it. */
    public DataSource dataSource() {
        return source;
    }

    /** Opens a new session in autocommit mode; whoever opens it closes it. */
    public Connection connect() throws SQLException {
        return source.getConnection();
    }

    /** Runs each text in one session of its own, in autocommit mode. */
    public void execute(String... sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (var text : sql) {
                statement.execute(text);
            }
        }
    }

    /** The first column of the only row of {@code sql}, as text. */
    public @Nullable String value(String sql) throws SQLException {
        var rows = rows(sql);
        if (rows.size() != 1) {
            throw new AssertionError("expected one row but got %d from: %s".formatted(rows.size(), sql));
        }
        return rows.get(0).get(0);
    }

    /** All rows of {@code sql}, each value as text or null. */
    public List<List<@Nullable String>> rows(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<List<@Nullable String>>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
        }
    }

    private static List<@Nullable String> row(ResultSet result) throws SQLException {
        var values = new ArrayList<@Nullable String>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
            values.add(result.getString(column));
        }
        return values;
    }

    /**
     * Sessions of clients that are open on this database now, one description each.
     *
     * @throws SQLException when the server cannot be asked
     */
    public List<String> openSessions() throws SQLException {
        try (var connection = server.admin().getConnection();
                var statement = connection.prepareStatement("""
                        SELECT format('session %s (%s), %s, last statement: %s', pid, application_name, state, query)
                          FROM pg_stat_activity
                         WHERE datname = ? AND backend_type = 'client backend' AND pid <> pg_backend_pid()
                         ORDER BY pid""")) {
            statement.setString(1, name);
            try (var result = statement.executeQuery()) {
                var sessions = new ArrayList<String>();
                while (result.next()) {
                    sessions.add(result.getString(1));
                }
                return sessions;
            }
        }
    }

    /** Fails when sessions are still open after {@code patience}: a session that is ending gets time to end. */
    void refuseOpenSessions(Duration patience) throws SQLException, InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        var sessions = openSessions();
        while (!sessions.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(20);
            sessions = openSessions();
        }
        if (!sessions.isEmpty()) {
            throw new AssertionError("%d sessions were left open on %s; close every connection:%n%s"
                    .formatted(sessions.size(), name, String.join(System.lineSeparator(), sessions)));
        }
    }

    /** Drops the database, together with whatever is still connected to it. */
    @Override
    public void close() throws SQLException {
        try (var connection = server.admin().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
        }
    }

    static String withLogin(String url, String user, String password) {
        return "%s%suser=%s&password=%s".formatted(url, url.contains("?") ? "&" : "?", encode(user), encode(password));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
