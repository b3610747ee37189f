package dev.sealway.bench.speed;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Backfill and verify beside floors and other ways, in turns: {@code make bench}. Everything shares the machine's processors
 * with PostgreSQL, which has {@code fsync} and {@code synchronous_commit} on; what counts are ratios within a round.
 */
public final class SpeedBench {

    /** Of a table with all that comes of it, and its write-ahead log. */
    private static final long BYTES_PER_ROW = 6_000;

    private final int rows;
    private final int rounds;
    private final Users users;
    private final Measurements measured = new Measurements();

    private SpeedBench(int rows, int rounds, Users users) {
        this.rows = rows;
        this.rounds = rounds;
        this.users = users;
    }

    /** Arguments: rows (default 1000000), rounds (default 3), where the report goes (default target/bench). */
    public static void main(String[] args) throws Exception {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        Path report = Path.of(args.length > 2 ? args[2] : "target/bench");
        Files.createDirectories(report);
        requireRoom(report, rows);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("checkpoint_timeout", "15min")
                .start()) {
            Users users = new Users(postgres.getPostgresDatabase(), rows);
            users.execute("CREATE EXTENSION pgcrypto");
            SpeedBench bench = new SpeedBench(rows, rounds, users);
            bench.run();
            new SpeedReport(bench.measured, bench.machine(postgres)).write(report);
        }
    }

    private static void requireRoom(Path path, int rows) throws Exception {
        FileStore disk = Files.getFileStore(path.toAbsolutePath());
        long wanted = rows * BYTES_PER_ROW;
        if (disk.getUsableSpace() < wanted) {
            throw new IllegalStateException("%d rows want %,d MB, and there are %,d MB; take fewer (ROWS=…)"
                    .formatted(rows, wanted >> 20, disk.getUsableSpace() >> 20));
        }
    }

    private void run() throws Exception {
        System.out.printf("%,d rows, %d rounds after a short one to warm up%n", rows, rounds);
        users.createTemplate();
        for (Contender contender : Target.CONTENDERS) {
            users.create(Math.min(rows, 20_000));
            contender.run(users, Math.min(rows, 20_000));
        }
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : Target.CONTENDERS) {
                run(contender, round);
            }
        }
    }

    private void run(Contender contender, int round) throws Exception {
        int count = contender.slow() ? Math.min(rows, Math.max(rows / 10, 20_000)) : rows;
        users.create(count);
        Map<String, Double> seconds = contender.run(users, count);
        if (users.complete() != count) {
            throw new AssertionError("%s left rows undone".formatted(contender.name()));
        }
        seconds.forEach((what, took) -> System.out.printf(
                Locale.ROOT, "round %d  %-62s %,10.0f rows/s%n", round, what, measured.add(what, count, took)));
    }

    private Map<String, String> machine(EmbeddedPostgres postgres) throws Exception {
        try (var connection = postgres.getPostgresDatabase().getConnection()) {
            return Map.of(
                    "processors", Integer.toString(Runtime.getRuntime().availableProcessors()),
                    "system", "%s, %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
                    "java", System.getProperty("java.version"),
                    "postgresql", connection.getMetaData().getDatabaseProductVersion(),
                    "heap", "%d MB".formatted(Runtime.getRuntime().maxMemory() >> 20),
                    "rows", Integer.toString(rows),
                    "rounds", Integer.toString(rounds));
        }
    }
}
