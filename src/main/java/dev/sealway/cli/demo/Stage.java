package dev.sealway.cli.demo;

import dev.sealway.cli.console.Console;
import dev.sealway.cli.server.DetachedServer;
import dev.sealway.cli.server.PrivateServer;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.ConnectionTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The database and the private folder that a demo plays in; closing it removes what was only for the demo. */
final class Stage implements AutoCloseable {
    private final Path folder;
    private final ConnectionTarget target;
    private final Optional<PrivateServer> server;
    private final boolean keep;

    private Stage(Path folder, ConnectionTarget target, Optional<PrivateServer> server, boolean keep) {
        this.folder = folder;
        this.target = target;
        this.server = server;
        this.keep = keep;
    }

    static Stage set(DemoSettings settings) {
        try {
            Path folder = Files.createTempDirectory("sealway-demo-");
            if (settings.target().isPresent()) {
                return new Stage(folder, settings.target().get(), Optional.empty(), settings.keep());
            }
            if (settings.keep()) {
                String url = new DetachedServer(folder.resolve("server"))
                        .start(freePort())
                        .url();
                return new Stage(folder, ConnectionTarget.parse(url + "?user=postgres"), Optional.empty(), true);
            }
            PrivateServer server = PrivateServer.start(folder);
            return new Stage(folder, ConnectionTarget.parse(server.url()), Optional.of(server), false);
        } catch (IOException e) {
            throw SealwayException.failed(
                    "no folder for the demo could be made; look at the temporary directory's space and permissions");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    ConnectionTarget target() {
        return target;
    }

    /** Does not exist yet. */
    Path keyFile() {
        return folder.resolve("demo.keys.json");
    }

    Path planFile() {
        return folder.resolve("sealway.yaml");
    }

    /** How to look around in what was kept. */
    void tellWhatStays(Console console) {
        if (keep) {
            console.line("");
            console.line("Kept: the database %s, the keys %s, the plan %s".formatted(target, keyFile(), planFile()));
            if (Files.isDirectory(folder.resolve("server"))) {
                console.line(
                        "Stop the server with: sealway db stop --directory %s".formatted(folder.resolve("server")));
            }
        }
    }

    @Override
    public void close() {
        server.ifPresent(PrivateServer::close);
        if (!keep) {
            removeFolder();
        }
    }

    private void removeFolder() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw SealwayException.failed(
                    "%s could not be removed; it holds the demo's keys, remove it".formatted(folder));
        }
    }
}
