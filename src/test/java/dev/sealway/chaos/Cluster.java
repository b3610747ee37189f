package dev.sealway.chaos;

import dev.sealway.cli.server.DetachedServer;
import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A server of one's own, which can be brought down. */
final class Cluster implements AutoCloseable {

    private static final int ATTEMPTS = 5;

    private final DetachedServer server;
    private final int port;

    private Cluster(DetachedServer server, int port) {
        this.server = server;
        this.port = port;
    }

    static Cluster start(Path directory) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = free.getLocalPort();
            free.close();
            DetachedServer server = new DetachedServer(directory);
            server.start(port);
            return new Cluster(server, port);
        }
    }

    int port() {
        return port;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(port);
    }

    /** As {@code pg_ctl stop -m immediate} does: no checkpoint, no goodbye; then a start, which recovers from the log. */
    void restart() throws Exception {
        ProcessHandle process =
                ProcessHandle.of(server.status().orElseThrow().pid()).orElseThrow();
        new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                .start()
                .waitFor();
        process.onExit().get(1, TimeUnit.MINUTES);
        startPatiently();
    }

    /** On a busy machine the recovery takes longer than a start waits for. */
    private void startPatiently() {
        for (int attempt = 1; ; attempt++) {
            try {
                server.start(port);
                return;
            } catch (SealwayException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                server.stop();
            }
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
