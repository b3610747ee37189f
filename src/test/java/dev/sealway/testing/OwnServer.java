package dev.sealway.testing;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A server that one test owns, with one database: for what is seen in its files, or changes all of it. */
public final class OwnServer implements AutoCloseable {

    private final PostgresServer server;
    private final TestDatabase database;
    private final Path dataDirectory;

    private OwnServer(PostgresServer server, TestDatabase database, Path dataDirectory) {
        this.server = server;
        this.database = database;
        this.dataDirectory = dataDirectory;
    }

    /**
     * Starts one that is small and left alone by autovacuum.
     *
     * @param directory an empty one
     * @param settings of the server
     */
    public static OwnServer start(Path directory, Map<String, String> settings) throws SQLException {
        Path data = directory.resolve("data");
        Map<String, String> all = new HashMap<>(Map.of("shared_buffers", "16MB", "autovacuum", "off"));
        all.putAll(settings);
        PostgresServer server = PostgresServer.embedded(data, all);
        return new OwnServer(server, TestDatabase.create(server), data);
    }

    public TestDatabase database() {
        return database;
    }

    public Path dataDirectory() {
        return dataDirectory;
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
