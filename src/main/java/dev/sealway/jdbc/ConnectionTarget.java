package dev.sealway.jdbc;

import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Which database is meant, and as whom: from options, or the environment.
 *
 * <p>The database is {@code url}, else {@code SEALWAY_URL}, else {@code DATABASE_URL}, else libpq's {@code PGHOST},
 * {@code PGPORT}, {@code PGDATABASE}, {@code PGSSLMODE}. What a URL says of user and password counts more than {@code SEALWAY_USER},
 * {@code SEALWAY_PASSWORD} and then {@code PGUSER}, {@code PGPASSWORD}; an option counts more than all. The password is
 * in no text that this class makes. Immutable.
 */
public final class ConnectionTarget {
    private static final int DEFAULT_PORT = 5432;

    /** May be changed by the URL. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "ApplicationName", "sealway",
            "connectTimeout", "10",
            "tcpKeepAlive", "true");

    /** May not: anything else writes values of rows into statement texts, logs and messages. */
    private static final Map<String, String> LAWS = Map.of(
            "preferQueryMode", "extended",
            "logServerErrorDetail", "false");

    private final List<ConnectionUrl.Host> hosts;
    private final String database;
    private final String user;
    private final char[] password;
    private final Map<String, String> options;

    private ConnectionTarget(ConnectionUrl url, String user, char[] password) {
        this.hosts = url.hosts().stream()
                .map(h -> new ConnectionUrl.Host(h.name(), h.port() == 0 ? DEFAULT_PORT : h.port()))
                .toList();
        this.user = user;
        this.password = password;
        this.database = url.database().isEmpty() ? user : url.database();
        this.options = options(url.options());
    }

    private static Map<String, String> options(Map<String, String> given) {
        Map<String, String> options = new LinkedHashMap<>(DEFAULTS);
        options.putAll(given);
        options.putAll(LAWS);
        for (String name : options.keySet()) {
            if (PGProperty.forName(name) == null) {
                throw SealwayException.wrongUsage(
                        "the database's URL has an option %s, which the PostgreSQL JDBC driver".formatted(name)
                                + " does not know; correct its name or remove it");
            }
        }
        return Map.copyOf(options);
    }

    /** A URL of either form that says everything. */
    public static ConnectionTarget parse(String url) {
        return of(new Options(Optional.of(url), Optional.empty(), Optional.empty()), Map.of());
    }

    /**
     * What a user gave explicitly.
     *
     * @param passwordFile its first line is the password
     */
    public record Options(Optional<String> url, Optional<String> user, Optional<Path> passwordFile) {}

    /** @throws SealwayException if no database is named, or the URL or the password file cannot be read */
    public static ConnectionTarget of(Options options, Map<String, String> environment) {
        ConnectionUrl url = options.url()
                .or(() -> named(environment, "SEALWAY_URL"))
                .or(() -> named(environment, "DATABASE_URL"))
                .map(ConnectionUrl::parse)
                .orElseGet(() -> fromLibpq(environment));
        Optional<String> urlUser = url.take("user");
        Optional<String> urlPassword = url.take("password");
        String user = options.user()
                .or(() -> urlUser)
                .or(() -> named(environment, "SEALWAY_USER"))
                .or(() -> named(environment, "PGUSER"))
                .orElse("postgres");
        char[] password = options.passwordFile()
                .map(ConnectionTarget::firstLine)
                .or(() -> urlPassword)
                .or(() -> named(environment, "SEALWAY_PASSWORD"))
                .or(() -> named(environment, "PGPASSWORD"))
                .orElse("")
                .toCharArray();
        return new ConnectionTarget(url, user, password);
    }

    private static ConnectionUrl fromLibpq(Map<String, String> environment) {
        Optional<String> host = named(environment, "PGHOST");
        Optional<String> database = named(environment, "PGDATABASE");
        if (host.isEmpty() && database.isEmpty()) {
            throw SealwayException.wrongUsage("no database is named; give --url jdbc:postgresql://host:5432/db, or set"
                    + " SEALWAY_URL, DATABASE_URL, or PGHOST and PGDATABASE");
        }
        if (host.filter(h -> h.startsWith("/")).isPresent()) {
            throw SealwayException.wrongUsage("PGHOST names a directory of Unix sockets, and Java connects by TCP only;"
                    + " set it to a host name");
        }
        String ssl =
                named(environment, "PGSSLMODE").map("?sslmode=%s"::formatted).orElse("");
        String name = host.filter(h -> h.contains(":"))
                .map("[%s]"::formatted)
                .or(() -> host)
                .orElse("localhost");
        String port = named(environment, "PGPORT").orElse(String.valueOf(DEFAULT_PORT));
        return ConnectionUrl.parse("postgresql://%s:%s/%s%s"
                .formatted(
                        name,
                        port,
                        database.map(d -> d.replace("%", "%25").replace("?", "%3F"))
                                .orElse(""),
                        ssl));
    }

    private static Optional<String> named(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw SealwayException.wrongUsage(
                    "the password file %s cannot be read; name a file whose first line is the password"
                            .formatted(file));
        }
    }

    /** Opens a new connection with each call. */
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(hosts.stream().map(ConnectionUrl.Host::name).toArray(String[]::new));
        source.setPortNumbers(hosts.stream().mapToInt(ConnectionUrl.Host::port).toArray());
        source.setDatabaseName(database);
        source.setUser(user);
        if (password.length > 0) {
            source.setPassword(new String(password));
        }
        options.forEach((name, value) -> set(source, name, value));
        return source;
    }

    private static void set(PGSimpleDataSource source, String name, String value) {
        try {
            source.setProperty(name, value);
        } catch (SQLException e) {
            throw SealwayException.wrongUsage(
                    "the option %s of the database's URL has a value that the PostgreSQL JDBC driver does not take"
                            .formatted(name));
        }
    }

    /** For messages: {@code app@host:5432/db}. */
    public String describe() {
        return "%s@%s/%s"
                .formatted(
                        user,
                        hosts.stream().map(h -> h.name() + ":" + h.port()).collect(Collectors.joining(",")),
                        database);
    }

    /** As {@link #describe}. */
    @Override
    public String toString() {
        return describe();
    }
}
