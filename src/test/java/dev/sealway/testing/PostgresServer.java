package dev.sealway.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL that all tests of this JVM share, chosen by the system property {@code postgres}: absent or
 * {@code embedded}, {@code testcontainers}, or the JDBC URL of a superuser on a server of one's own.
 */
final class PostgresServer implements AutoCloseable {
    private final PGSimpleDataSource admin;
    private final AutoCloseable stop;

    private PostgresServer(String adminUrl, AutoCloseable stop) {
        this.admin = dataSource(adminUrl);
        this.stop = stop;
    }

    /** Starts, or reaches, the server that {@code choice} names. */
    static PostgresServer start(String choice) {
        return switch (choice) {
            case "", "embedded" -> embedded();
            case "testcontainers" -> container();
            default -> given(choice);
        };
    }

    private static PostgresServer embedded() {
        try {
            var server = EmbeddedPostgres.builder()
                    .setServerConfig("timezone", "Asia/Kolkata")
                    .start();
            return new PostgresServer(server.getJdbcUrl("postgres", "postgres"), server);
        } catch (IOException | IllegalStateException failure) {
            throw new IllegalStateException(howToStart(System.getProperty("user.name", "")), failure);
        }
    }

    /** Another embedded server, whose files are in {@code dataDirectory}. */
    static PostgresServer embedded(Path dataDirectory, Map<String, String> settings) {
        var builder = EmbeddedPostgres.builder().setDataDirectory(dataDirectory);
        settings.forEach(builder::setServerConfig);
        try {
            var server = builder.start();
            return new PostgresServer(server.getJdbcUrl("postgres", "postgres"), server);
        } catch (IOException | IllegalStateException failure) {
            throw new IllegalStateException(howToStart(System.getProperty("user.name", "")), failure);
        }
    }

    /** What to do when the embedded server does not start for {@code user}. */
    static String howToStart(String user) {
        var reason = user.equals("root")
                ? "initdb never runs as root, and this machine does not let root become somebody else (unshare -U)"
                : "its own output above says why";
        return """
                the embedded PostgreSQL did not start: %s; \
                run the tests as another user, start the container with --privileged, \
                or name a server: -Dpostgres=testcontainers or -Dpostgres=jdbc:postgresql://host/postgres?user=…""".formatted(reason);
    }

    private static PostgresServer container() {
        var image = System.getProperty("postgres.image", "postgres:17");
        var container = new PostgreSQLContainer(image)
                .withUsername("postgres")
                .withPassword("postgres")
                .withDatabaseName("postgres");
        container.setCommand("postgres", "-c", "timezone=Asia/Kolkata", "-c", "fsync=off", "-c", "max_connections=300");
        container.start();
        return new PostgresServer(TestDatabase.withLogin(container.getJdbcUrl(), "postgres", "postgres"), container);
    }

    private static PostgresServer given(String url) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "-Dpostgres is neither 'embedded', 'testcontainers' nor a URL that begins with jdbc:postgresql:");
        }
        return new PostgresServer(url, () -> {});
    }

    /** Connections to the database that the administrator logs in to. */
    PGSimpleDataSource admin() {
        return admin;
    }

    /** Connections of the same administrator to another database of this server. */
    PGSimpleDataSource database(String name) {
        var source = dataSource(admin.getURL());
        source.setUser(admin.getUser());
        source.setPassword(admin.getPassword());
        source.setDatabaseName(name);
        return source;
    }

    private static PGSimpleDataSource dataSource(String url) {
        var source = new PGSimpleDataSource();
        source.setURL(url);
        return source;
    }

    @Override
    public void close() throws Exception {
        stop.close();
    }
}
