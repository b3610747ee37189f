package dev.sealway.cli.server;

import dev.sealway.error.SealwayException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An embedded PostgreSQL that goes on running when this process ends. Its data stays in its directory from one start to
 * the next. It trusts everybody who reaches the loopback address.
 */
public final class DetachedServer {
    private static final long STOP_SECONDS = 60;

    private final Path directory;
    private final Path data;
    private final Path log;
    private final PidFile pidFile;

    /** @param directory where data, pid file and log are */
    public DetachedServer(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
        this.data = this.directory.resolve("data");
        this.log = this.directory.resolve("server.log");
        this.pidFile = new PidFile(data);
    }

    /**
     * A server that runs.
     *
     * @param url for JDBC, as user {@code postgres}, with any password
     * @param alreadyThere whether it ran before it was asked for
     */
    public record Running(long pid, int port, String url, Path directory, boolean alreadyThere) {}

    /** Empty if it does not run. */
    public Optional<Running> status() {
        return pidFile.running().map(server -> running(server, true));
    }

    private Running running(PidFile.Running server, boolean alreadyThere) {
        String url = "jdbc:postgresql://127.0.0.1:%s/postgres".formatted(server.port());
        return new Running(server.process().pid(), server.port(), url, directory, alreadyThere);
    }

    /**
     * Returns when it is ready.
     *
     * @throws SealwayException if it runs on another port, the port is taken, or it does not start
     */
    public Running start(int port) {
        Optional<Running> there = status();
        if (there.isPresent() && there.get().port() != port) {
            throw SealwayException.refused(
                    "the embedded PostgreSQL of %s runs already, on port %d; stop it first with 'sealway db stop', or give another --directory"
                            .formatted(directory, there.get().port()));
        }
        return there.orElseGet(() -> launch(port));
    }

    private Running launch(int port) {
        LoopbackPort.requireFree(port);
        pidFile.removeStale();
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(log);
            var output = ProcessBuilder.Redirect.appendTo(log.toFile());
            @SuppressWarnings({"resource", "unused"}) // closing it would stop the server
            EmbeddedPostgres left = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setOutputRedirector(output)
                    .setErrorRedirector(output)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setPort(port)
                    .start();
        } catch (IOException | IllegalStateException e) {
            throw StartFailure.of(log);
        }
        return pidFile.running().map(server -> running(server, false)).orElseThrow(() -> StartFailure.of(log));
    }

    /** @return whether it ran */
    public boolean stop() {
        Optional<PidFile.Running> server = pidFile.running();
        if (server.isEmpty()) {
            pidFile.removeStale();
            return false;
        }
        ProcessHandle process = server.get().process();
        stop(process);
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw SealwayException.failed(
                    "the embedded PostgreSQL (process %d) did not stop within %d seconds; %s has its log"
                            .formatted(process.pid(), STOP_SECONDS, log));
        }
        return true;
    }

    /** The server's own tool asks for a fast shutdown: the signal alone would wait until every client has left. */
    private void stop(ProcessHandle process) {
        Optional<Path> tool = process.info().command().map(c -> Path.of(c).resolveSibling("pg_ctl"));
        if (tool.filter(Files::isExecutable).isEmpty()) {
            process.destroy();
            return;
        }
        List<String> command = new ArrayList<>(LinuxUtils.isUnshareAvailable() ? List.of("unshare", "-U") : List.of());
        command.addAll(List.of(
                tool.get().toString(),
                "stop",
                "-D",
                data.toString(),
                "-m",
                "fast",
                "-w",
                "-t",
                String.valueOf(STOP_SECONDS)));
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
