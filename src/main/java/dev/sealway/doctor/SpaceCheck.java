package dev.sealway.doctor;

import dev.sealway.catalog.LiveTable;
import dev.sealway.doctor.Finding.Group;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Room on the disk: a backfill writes every row anew before vacuum takes the old one away, with the ciphertext added, and a
 * purge writes the table once more beside itself.
 */
public final class SpaceCheck {

    private static final Sql DIRECTORY = Sql.of("""
            SELECT setting FROM pg_catalog.pg_settings WHERE name = 'data_directory'
               AND coalesce(pg_catalog.inet_server_addr() << '127.0.0.0/8' OR pg_catalog.inet_server_addr() = '::1', true)""");

    private SpaceCheck() {}

    /** @param growth what was measured of the tables; empty if it was not: then twice what they have is the guess */
    public static List<Finding> of(Transaction tx, List<LiveTable> tables, OptionalLong growth) {
        long needed =
                growth.orElse(2 * tables.stream().mapToLong(LiveTable::bytes).sum());
        String what = "about %d MB %s".formatted(megabytes(needed), growth.isPresent() ? "measured" : "guessed");
        Optional<Long> free =
                tx.first(DIRECTORY, row -> Path.of(row.getString(1))).flatMap(SpaceCheck::free);
        if (free.isEmpty()) {
            return List.of(Finding.notice(
                    Group.SPACE,
                    "%s are needed".formatted(what),
                    "how much is free cannot be asked by SQL, and the data directory is not on this host, or not readable",
                    "look there: df -h"));
        }
        if (free.get() < needed + needed / 5) {
            return List.of(Finding.warning(
                    Group.SPACE,
                    "%s are needed, %d MB are free".formatted(what, megabytes(free.get())),
                    "a full disk stops the server",
                    "make room, or migrate table by table with VACUUM in between"));
        }
        return List.of(Finding.ok(Group.SPACE, "%s are needed, %d MB are free".formatted(what, megabytes(free.get()))));
    }

    private static Optional<Long> free(Path directory) {
        try {
            return Files.isReadable(directory.resolve("PG_VERSION"))
                    ? Optional.of(Files.getFileStore(directory).getUsableSpace())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long megabytes(long bytes) {
        return bytes / 1_000_000;
    }
}
