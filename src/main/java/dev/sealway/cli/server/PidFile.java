package dev.sealway.cli.server;

import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The {@code postmaster.pid} that a PostgreSQL server keeps in its data directory; its lines are described in the
 * server's source, {@code pidfile.h}: the process id is the first and the port the fourth.
 */
final class PidFile {
    private static final int PORT_LINE = 3;

    private final Path file;

    PidFile(Path dataDirectory) {
        this.file = dataDirectory.resolve("postmaster.pid");
    }

    /** A server that runs now. */
    record Running(ProcessHandle process, int port) {}

    /** Empty if there is no file, or the server that wrote it is gone. */
    Optional<Running> running() {
        List<String> lines = lines();
        if (lines.size() <= PORT_LINE) {
            return Optional.empty();
        }
        return process(lines.get(0).strip())
                .map(process -> new Running(
                        process, Integer.parseInt(lines.get(PORT_LINE).strip())));
    }

    private static Optional<ProcessHandle> process(String pid) {
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(ProcessHandle::isAlive)
                .filter(PidFile::isPostgres);
    }

    /** After a crash another program may have got the process id. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().map(c -> c.contains("postgres")).orElse(true);
    }

    /** Removes what a server that is gone left behind. */
    void removeStale() {
        if (running().isEmpty()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw SealwayException.failed(
                        "%s is left over from a server that is gone and cannot be removed; remove it".formatted(file));
            }
        }
    }

    private List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw SealwayException.failed("%s cannot be read; run as the user who started the server".formatted(file));
        }
    }
}
