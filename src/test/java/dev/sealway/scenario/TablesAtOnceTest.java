package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.batch.WalkListener;
import dev.sealway.batch.WalkSettings;
import dev.sealway.config.Wiring;
import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.PausingBackfill;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.ScarceDataSource;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.Walks;
import dev.sealway.workflow.RunTarget;
import dev.sealway.workflow.RunsReport;
import dev.sealway.workflow.Workflow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small tables that are backfilled at the same time, each by one worker. */
@Tag("slow")
@Timeout(300)
@ExtendWith(PostgresExtension.class)
class TablesAtOnceTest {

    private static final int TABLES = 4;
    private static final int ROWS = 400;
    private static final int BATCH = 50;
    private static final String COLUMN =
            "  public.t%d: { columns: { email: { search: { normalizer: email, accept-leakage: test } } } }\n";

    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final Set<String> walking = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean collided = new AtomicBoolean();
    private final AtomicBoolean largeBegan = new AtomicBoolean();
    private final AtomicReference<Thread> firsts = new AtomicReference<>();
    private final AtomicInteger through = new AtomicInteger();
    private Life life;

    private final Progress progress = new Progress() {
        @Override
        public void notice(String text) {
            notices.add(text);
        }

        @Override
        public void began(String work, long total) {
            collided.compareAndSet(false, !walking.add(work));
            largeBegan.compareAndSet(false, work.endsWith("t" + TABLES));
            if (work.endsWith("t0")) {
                firsts.set(Thread.currentThread());
            }
        }

        @Override
        public void ended(String work) {
            walking.remove(work);
            through.incrementAndGet();
        }
    };

    @BeforeEach
    void expandsTables(TestDatabase database) throws SQLException {
        for (int table = 0; table < TABLES; table++) {
            create(database, table, ROWS);
        }
        life = Life.of(database, plan()).expand();
    }

    private static void create(TestDatabase database, int table, int rows) throws SQLException {
        database.execute(
                "CREATE TABLE t%d (id bigint PRIMARY KEY, email text, phone text)".formatted(table),
                "INSERT INTO t%d SELECT g, 'a' || g || '@b.c', '+49 ' || g FROM generate_series(1, %d) g"
                        .formatted(table, rows));
    }

    private static String plan() {
        return "tables:\n"
                + IntStream.range(0, TABLES).mapToObj(COLUMN::formatted).collect(Collectors.joining());
    }

    private Workflow workflow(int workers, WalkListener listener, DataSource source) {
        var keys = Walks.keys(life);
        WalkSettings settings =
                Wiring.settings(progress, BATCH).withWorkers(workers).withListener(listener);
        return Wiring.wire(life.plan(), () -> keys, source, settings);
    }

    private Workflow workflow(int workers, WalkListener listener) {
        return workflow(workers, listener, life.database().dataSource());
    }

    /** Nobody writes before so many do. */
    private static WalkListener together(int many) {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(many);
        return new WalkListener() {
            @Override
            public void sealed(int rows) {
                if (threads.add(Thread.currentThread())) {
                    all.countDown();
                }
                await(all);
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException("it did not come to pass");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever is interrupted does not wait: another has failed. */
    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static String sealed(TestDatabase database, String column) throws SQLException {
        return database.value(IntStream.range(0, TABLES)
                .mapToObj(t -> "(SELECT count(%s_encrypted) FROM t%d)".formatted(column, t))
                .collect(Collectors.joining(" + ", "SELECT ", "")));
    }

    private static List<String> names(BackfillReport report) {
        return report.tables().stream().map(t -> t.name().toString()).toList();
    }

    /** The first table comes to its end last, and one has two changes. */
    @Test
    void reportsInTheOrderOfThePlanAndWalksEachTableInTheOrderOfItsChanges(TestDatabase database) throws Exception {
        life.replan(plan().replace("t2: { columns: {", "t2: { columns: { phone: { change: 2 },"))
                .expand();
        WalkListener dawdling = new WalkListener() {
            @Override
            public void sealed(int rows) {
                until(() -> Thread.currentThread() != firsts.get() || through.get() >= TABLES);
            }
        };
        BackfillReport report = workflow(3, dawdling).backfill(Selection.ALL);
        assertThat(report.passed()).isTrue();
        assertThat(names(report)).containsExactly("public.t0", "public.t1", "public.t2", "public.t2", "public.t3");
        assertThat(report.tables()).extracting(BackfillReport.Table::written).containsOnly((long) ROWS);
        assertThat(collided).isFalse();
        assertThat(sealed(database, "email")).isEqualTo(Integer.toString(TABLES * ROWS));
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
    }

    @Test
    void leavesNoRowStaleAmongWriters(TestDatabase database) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> writeUntil(over, database));
        BackfillReport report = workflow(3, together(3)).backfill(Selection.ALL);
        over.set(true);
        writer.get(1, TimeUnit.MINUTES);
        assertThat(report.passed()).isTrue();
        assertThat(workflow(3, WalkListener.NONE).backfill(Selection.ALL).tables())
                .extracting(BackfillReport.Table::dirty)
                .containsOnly(0L);
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
        assertThat(database.value("SELECT sum(encryptions) >= %d FROM sealway.keyring".formatted(TABLES * ROWS)))
                .isEqualTo("t");
    }

    private static void writeUntil(AtomicBoolean over, TestDatabase database) {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            for (int write = 0; !over.get(); write++) {
                statement.execute("UPDATE t%d SET email = 'w%d@b.c' WHERE id = %d"
                        .formatted(write % TABLES, write, 1 + write * 7 % ROWS));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void endsTheOthersWithTheFirstFailureAndGoesOnLater(TestDatabase database) throws Exception {
        CountDownLatch three = new CountDownLatch(3);
        AtomicInteger batches = new AtomicInteger();
        WalkListener failing = new WalkListener() {
            @Override
            public void sealed(int rows) {
                three.countDown();
                await(three);
                int batch = batches.incrementAndGet();
                if (batch == 7) {
                    throw new IllegalStateException("killed");
                }
                if (batch > 7) {
                    until(() -> false);
                }
            }
        };
        assertThatThrownBy(() -> workflow(3, failing).backfill(Selection.ALL)).hasMessage("killed");
        long done = Long.parseLong(sealed(database, "email"));
        // six were begun before it, and two others may have been at one
        assertThat(done).isBetween(6L * BATCH - 2 * BATCH, 8L * BATCH);
        assertThat(database.value("SELECT sum(rows_done) FROM sealway.checkpoint"))
                .isEqualTo(Long.toString(done));
        assertThat(database.value("SELECT outcome FROM sealway.run WHERE verb = 'backfill'"))
                .isEqualTo("failed");

        BackfillReport report = workflow(2, WalkListener.NONE).backfill(Selection.ALL);
        assertThat(report.tables().stream()
                        .mapToLong(BackfillReport.Table::written)
                        .sum())
                .isEqualTo(TABLES * ROWS - done);
        assertThat(report.tables()).extracting(BackfillReport.Table::walked).containsOnly((long) ROWS);
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
    }

    @Test
    void goesOnAfterItsProcessWasKilled(TestDatabase database) throws Exception {
        try (PausingBackfill killed = PausingBackfill.startWithWorkers(life, plan(), 10, 3)) {
            killed.kill();
        }
        long done = Long.parseLong(sealed(database, "email"));
        BackfillReport report =
                PausingBackfill.whenFree(() -> workflow(3, WalkListener.NONE).backfill(Selection.ALL));
        assertThat(report.passed()).isTrue();
        assertThat(done).isLessThan(TABLES * ROWS);
        assertThat(sealed(database, "email")).isEqualTo(Integer.toString(TABLES * ROWS));
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
    }

    /** One connection watches over the run, and each worker has two. */
    @ParameterizedTest
    @CsvSource({"4, 1, 1", "5, 2, 1", "7, 3, 0"})
    void takesTwoConnectionsForEachTableThatGoes(int connections, int atOnce, int refused, TestDatabase database)
            throws Exception {
        create(database, TABLES, 2_500);
        life.replan(plan() + COLUMN.formatted(TABLES)).expand();
        ScarceDataSource source = new ScarceDataSource(
                database.jdbcUrl(), connections, () -> new SQLException("sorry, too many clients already", "53300"));
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        WalkListener listener = new WalkListener() {
            @Override
            public void sealed(int rows) {
                if (!largeBegan.get()) {
                    threads.add(Thread.currentThread());
                }
                until(() -> threads.size() >= atOnce && source.refused() >= refused);
            }
        };
        assertThat(workflow(3, listener, source).backfill(Selection.ALL).passed())
                .isTrue();
        assertThat(threads).hasSize(atOnce);
        assertThat(notices.stream().filter(n -> n.startsWith("backfill goes on with fewer tables at once: ")))
                .hasSize(refused)
                .allSatisfy(n -> assertThat(n).endsWith("; each table takes two connections"));
        assertThat(database.value("SELECT count(*) FROM sealway.checkpoint WHERE finished"))
                .as("the large one is cut for all workers")
                .isEqualTo(Integer.toString(TABLES + 10));
        assertThat(source.refused())
                .as("the large one may meet the same want once more")
                .isBetween(refused, 2 * refused);
    }

    @Test
    void writesOneBatchAtATimeOnceThatIsWanted(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE clash (id bigint)", """
                CREATE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                  IF NEW.id > 50 AND NOT pg_try_advisory_xact_lock(1) THEN INSERT INTO clash VALUES (NEW.id); END IF;
                  RETURN NEW;
                END $$""");
        for (int table = 0; table < TABLES; table++) {
            database.execute("CREATE TRIGGER a_witness BEFORE UPDATE ON t%d FOR EACH ROW EXECUTE FUNCTION witness()"
                    .formatted(table));
        }
        CountDownLatch begun = new CountDownLatch(3);
        CountDownLatch tuned = new CountDownLatch(1);
        WalkListener listener = new WalkListener() {
            @Override
            public void sealed(int rows) {
                begun.countDown();
                await(tuned);
            }
        };
        Workflow workflow = workflow(3, listener);
        CompletableFuture<BackfillReport> run = CompletableFuture.supplyAsync(() -> workflow.backfill(Selection.ALL));
        await(begun);
        life.sealway()
                .runs()
                .tune(RunTarget.THE_ONLY_ONE, OptionalInt.empty(), OptionalInt.of(1_000_000), OptionalInt.of(1));
        while (states().stream().noneMatch(s -> s.startsWith("at most"))) {
            Thread.sleep(50);
        }
        tuned.countDown();
        assertThat(run.get(2, TimeUnit.MINUTES).passed()).isTrue();
        assertThat(database.value("SELECT count(*) FROM clash")).isEqualTo("0");
        assertThat(sealed(database, "email")).isEqualTo(Integer.toString(TABLES * ROWS));
    }

    private List<String> states() {
        return life.sealway().runs().underWay().runs().stream()
                .map(RunsReport.Run::state)
                .toList();
    }

    @Test
    void endsWhenItsThreadIsInterrupted(TestDatabase database) throws Exception {
        Thread caller = Thread.currentThread();
        CountDownLatch three = new CountDownLatch(3);
        WalkListener interrupting = new WalkListener() {
            @Override
            public void committed(int rows) {
                three.countDown();
                await(three);
                caller.interrupt();
            }
        };
        assertThatThrownBy(() -> workflow(3, interrupting).backfill(Selection.ALL))
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Long.parseLong(sealed(database, "email"))).isLessThan(TABLES * ROWS);
        assertThat(workflow(2, WalkListener.NONE).backfill(Selection.ALL).passed())
                .isTrue();
        assertThat(sealed(database, "email")).isEqualTo(Integer.toString(TABLES * ROWS));
    }
}
