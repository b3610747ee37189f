package dev.sealway.cli.server;

import dev.sealway.error.SealwayException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/** An embedded PostgreSQL that ends together with this process, or when it is closed. */
public final class PrivateServer implements AutoCloseable {
    private final EmbeddedPostgres server;

    private PrivateServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * On a free port of the loopback address.
     *
     * @param directory where its data and log are; it must not be used by another server
     */
    public static PrivateServer start(Path directory) {
        Path log = directory.resolve("server.log");
        var output = ProcessBuilder.Redirect.appendTo(log.toFile());
        try {
            return new PrivateServer(EmbeddedPostgres.builder()
                    .setDataDirectory(directory.resolve("data"))
                    .setOutputRedirector(output)
                    .setErrorRedirector(output)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_wal_size", "4GB")
                    .start());
        } catch (IOException | IllegalStateException e) {
            throw StartFailure.of(log);
        }
    }

    /** For JDBC, as a superuser. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:%s/postgres?user=postgres".formatted(server.getPort());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw SealwayException.failed("the embedded PostgreSQL did not stop; it ends with this process");
        }
    }
}
