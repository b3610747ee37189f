package dev.sealway.chaos;

import dev.sealway.cli.server.DetachedServer;
import dev.sealway.error.SealwayException;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A server of one's own, which can be brought down. */
final class Cluster implements AutoCloseable {

    private static final int ATTEMPTS = 5;
    private static final String PATIENCE_SECONDS = "120";
    private static final int LAST_LINES = 10;

    private final DetachedServer server;
    private final int port;
    private final Path data;
    private final Path log;
    private final Path tool;

    private Cluster(DetachedServer server, Path directory, int port) {
        this.server = server;
        this.port = port;
        this.data = directory.resolve("data");
        this.log = directory.resolve("restarts.log");
        this.tool = ProcessHandle.of(server.status().orElseThrow().pid())
                .flatMap(process -> process.info().command())
                .map(command -> Path.of(command).resolveSibling("pg_ctl"))
                .orElseThrow();
    }

    /** On a port that no client gets by chance while the server is away: clients get those from 32768 on. */
    static Cluster start(Path directory) {
        DetachedServer server = new DetachedServer(directory);
        for (int attempt = 1; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try {
                server.start(port);
                return new Cluster(server, directory.toAbsolutePath(), port);
            } catch (SealwayException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    int port() {
        return port;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(port);
    }

    /**
     * No checkpoint, no goodbye; then a start with the settings of the last one, which recovers from the log. It is waited for
     * as long as that takes: on a busy machine it may be minutes.
     */
    void restart() throws IOException, InterruptedException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (control("restart", "-m", "immediate", "-w", "-t", PATIENCE_SECONDS, "-l", log.toString()) == 0) {
                return;
            }
            Thread.sleep(1_000L * attempt);
        }
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        throw new IllegalStateException(
                "the server on port %d did not come back after %d restarts; the end of its log:%n%s"
                        .formatted(
                                port,
                                ATTEMPTS,
                                String.join(
                                        "\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()))));
    }

    /** The server's own tool; as root it works in the name space of the server, which is nobody's. */
    private int control(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(LinuxUtils.isUnshareAvailable() ? List.of("unshare", "-U") : List.of());
        command.addAll(List.of(tool.toString(), "-D", data.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        server.stop();
    }
}
