package dev.sealway.bench.speed;

import dev.sealway.bench.parts.Part;
import dev.sealway.bench.parts.PartsBench;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Backfill and verify beside floors and other ways, in turns: {@code make bench}. Everything shares the machine's processors
 * with PostgreSQL, which has {@code fsync} and {@code synchronous_commit} on; what counts are ratios within a round.
 */
public final class SpeedBench {

    /** Of a table with all that comes of it, and its write-ahead log. */
    private static final long BYTES_PER_ROW = 2_500;

    /** The largest table is so many times as large as the others; it is measured once. */
    private static final int LARGEST = 10;

    private static final int MOST_GUARDED = 200_000;

    private static final int MOST_TO_WARM_UP = 80_000;
    private static final int FEWEST = 2_000;

    private final int rows;
    private final int rounds;
    private final Users users;
    private final List<Contender> contenders;
    private final Measurements measured = new Measurements();

    private SpeedBench(int rows, int rounds, Users users, String only) {
        this.rows = rows;
        this.rounds = rounds;
        this.users = users;
        Pattern wanted = Pattern.compile(only);
        this.contenders = Target.CONTENDERS.stream()
                .filter(c -> wanted.matcher(c.name()).find())
                .toList();
    }

    /**
     * Arguments: rows (default 1000000), rounds (default 3), where the report goes (default target/bench), and a pattern for the
     * names of those that take part (default all; a part of them gives rates and no report).
     */
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
            SpeedBench bench = new SpeedBench(rows, rounds, users, args.length > 3 ? args[3] : "");
            bench.run();
            if (bench.contenders.equals(Target.CONTENDERS)) {
                System.out.println(bench.results(postgres).write(report));
            }
        }
    }

    private static void requireRoom(Path path, int rows) throws Exception {
        FileStore disk = Files.getFileStore(path.toAbsolutePath());
        long wanted = (long) LARGEST * rows * BYTES_PER_ROW;
        if (disk.getUsableSpace() < wanted) {
            throw new IllegalStateException("%d rows want %,d MB, and there are %,d MB; take fewer (BENCH_ROWS=…)"
                    .formatted(rows, wanted >> 20, disk.getUsableSpace() >> 20));
        }
    }

    private void run() throws Exception {
        System.out.printf("%,d rows, %d rounds after a short one to warm up%n", rows, rounds);
        Step.timed("template and warming up", () -> {
            users.createTemplate();
            for (Contender contender : contenders) {
                int warmUp = Math.min(rows, MOST_TO_WARM_UP) / 4 / (contender.share() < 20 ? 1 : 10);
                users.create(warmUp);
                contender.run(users, warmUp);
            }
            return contenders;
        });
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : contenders) {
                run(contender, round);
            }
        }
    }

    private void run(Contender contender, int round) throws Exception {
        int count = Math.min(rows, Math.max(rows / contender.share(), FEWEST));
        Step.timed("a table of %,d rows".formatted(count), () -> users.create(count));
        Map<String, Double> seconds =
                Step.timed("round %d  %s".formatted(round, contender.name()), () -> contender.run(users, count));
        if (users.complete() != count) {
            throw new AssertionError("%s left rows undone".formatted(contender.name()));
        }
        seconds.forEach((what, took) -> System.out.printf(
                Locale.ROOT, "round %d  %-62s %,10.0f rows/s%n", round, what, measured.add(what, count, took)));
    }

    private Results results(EmbeddedPostgres postgres) throws Exception {
        Results.Costs costs = new Results.Costs(sizes(), waits(), besides(), guarded());
        List<Part> parts = isQuick() ? List.of() : Step.timed("the parts", PartsBench::run);
        return new Results(measured, costs, parts, machine(postgres));
    }

    /** One round is for a quick look. */
    private boolean isQuick() {
        return rounds == 1;
    }

    /** How many rows the tables have that grow; fewer than 1,000 tell nothing. */
    private int[] growing() {
        return IntStream.of(rows / 100, rows / 10, rows)
                .filter(n -> n >= Math.min(rows, 1_000))
                .toArray();
    }

    private List<Sizes.Size> sizes() throws Exception {
        Sizes sizes = new Sizes(users);
        List<Sizes.Size> all = new ArrayList<>();
        for (int many : growing()) {
            all.add(size(sizes, many));
        }
        if (!isQuick()) {
            Sizes.Size hundredth = all.get(Math.max(0, all.size() - 2));
            Sizes.Size largest = size(sizes, LARGEST * rows);
            all.add(largest);
            measured.put(Target.HUNDREDTH, hundredth.walk());
            measured.put(Target.HUNDREDTH_HEAP, hundredth.heap());
            measured.put(Target.LARGEST, largest.walk());
            measured.put(Target.LARGEST_HEAP, largest.heap());
        }
        return all;
    }

    private Sizes.Size size(Sizes sizes, int many) throws Exception {
        return Step.timed("costs of %,d rows".formatted(many), () -> sizes.size(many, many < rows));
    }

    private List<Waits> waits() throws Exception {
        List<Waits> all = new ArrayList<>();
        for (int many : growing()) {
            all.add(Step.timed("waits beside %,d rows".formatted(many), () -> Waits.measure(users, many)));
        }
        return all;
    }

    private List<Alongside.Beside> besides() throws Exception {
        Duration each = Duration.ofSeconds(isQuick() ? 5 : 20);
        return Step.timed("beside an application", () -> new Alongside(users, each, measured).run(rounds));
    }

    private List<Guarded> guarded() throws Exception {
        int blocks = isQuick() ? 4 : 20;
        List<Guarded> all = Step.timed("the guard", () -> Guarded.measure(users, Math.min(rows, MOST_GUARDED), blocks));
        measured.put(Target.UNGUARDED, all.get(0).without());
        measured.put(Target.GUARDED, all.get(0).with());
        measured.put(Target.UNGUARDED_EMAIL, all.get(2).without());
        measured.put(Target.GUARDED_EMAIL, all.get(2).with());
        return all;
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
