package dev.sealway.cli.server;

import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Why an embedded server did not start, as far as its log tells. */
final class StartFailure {
    private static final int LAST_LINES = 5;

    private StartFailure() {}

    /** @param log what initdb and the server wrote; it knows names of files, no data */
    static SealwayException of(Path log) {
        String text = read(log);
        if (text.contains("cannot be run as root") || text.contains("as an unprivileged user")) {
            return SealwayException.failed(
                    "the embedded PostgreSQL did not start: it never runs as root, and this machine does not let root become"
                            + " somebody else (unshare -U); run as another user, start the container with --privileged, or"
                            + " use a PostgreSQL of your own: --url postgresql://user@host/db");
        }
        if (text.contains("error while loading shared libraries") || text.contains("No such file or directory")) {
            return SealwayException.failed(
                    "the embedded PostgreSQL did not start: its binaries do not run on this system (%s has the reason);"
                                    .formatted(log)
                            + " use a PostgreSQL of your own: --url postgresql://user@host/db");
        }
        return SealwayException.failed(
                "the embedded PostgreSQL did not start; the end of %s says:\n%s".formatted(log, lastLines(text)));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static String lastLines(String text) {
        var lines = text.lines().filter(line -> !line.isBlank()).toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()))
                .indent(2)
                .stripTrailing();
    }
}
