package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.batch.WalkListener;
import dev.sealway.config.Wiring;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.error.SealwayException;
import dev.sealway.phase.reencrypt.ReencryptReport;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Applications;
import dev.sealway.testing.FiledKeys;
import dev.sealway.testing.Life;
import dev.sealway.testing.PausingBackfill;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.RotatedKeys;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.Walks;
import dev.sealway.workflow.Keeping;
import dev.sealway.workflow.KeyName;
import dev.sealway.workflow.KeyRotation;
import dev.sealway.workflow.ReencryptTerms;
import dev.sealway.workflow.SealedField;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Applications write with the old bundle and with the new one while rows move to the new key. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class ReencryptRaceTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: { search: { normalizer: email, accept-leakage: "test" } } }
            """;

    @Test
    @DisplayName("T32 no write is lost while rows with plaintext move to the new key")
    void losesNoWriteWhilePlaintextIsThere(TestDatabase database, @TempDir Path directory) throws Exception {
        Map<Long, Optional<String>> remembered = Applications.createPeople(database, 3_000);
        FiledKeys keys = FiledKeys.in(directory, database, TABLES).toBackfilled();
        SealedField stale = rotated(keys);
        SealedField current = keys.sealway().column("people.email");
        try (Applications applications = Applications.start(database, remembered, 4, seed(), List.of(stale, current))) {
            applications.await(300);
            keys.sealway().keys().reencrypt(Selection.ALL, new ReencryptTerms(true, 0));
            keys.sealway().backfill(Selection.ALL);
            applications.await(300);
            keys.sealway().keys().reencrypt(Selection.ALL, ReencryptTerms.USUAL);
            applications.await(300);
            Map<Long, Optional<String>> expected = applications.stop();
            assertThat(applications.errors()).isEmpty();
            keys.sealway().backfill(Selection.ALL);
            assertThat(keys.sealway()
                            .keys()
                            .reencrypt(Selection.ALL, ReencryptTerms.USUAL)
                            .passed())
                    .isTrue();
            assertThat(keys.sealway().verify(Selection.ALL).passed()).isTrue();
            assertThat(Applications.opened(database, current)).isEqualTo(expected);
        }
        keys.sealway().keys().disable(oldKey(keys), Keeping.IN_PLACE);
        assertThat(keys.sealway().verify(Selection.ALL).passed()).isTrue();
    }

    @Test
    @DisplayName("T32 no write is lost while rows without plaintext move to the new key")
    void losesNoWriteAfterTheDrop(TestDatabase database, @TempDir Path directory) throws Exception {
        Map<Long, Optional<String>> memory = new ConcurrentHashMap<>(Applications.createPeople(database, 2_000));
        FiledKeys keys = FiledKeys.in(directory, database, TABLES).toContracted();
        SealedField stale = rotated(keys);
        SealedField current = keys.sealway().column("people.email");
        AtomicInteger left = new AtomicInteger(2);
        long seed = seed();
        System.out.printf("applications write with seed %d%n", seed);
        List<Thread> writers = List.of(
                new Thread(() -> write(database, memory, 0, stale, new Random(seed), left)),
                new Thread(() -> write(database, memory, 1, current, new Random(seed + 1), left)));
        writers.forEach(Thread::start);
        ReencryptReport during = keys.sealway().keys().reencrypt(Selection.ALL, ReencryptTerms.USUAL);
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(left).as("writers that failed").hasValue(0);
        assertThat(during.tables().get(0).failures()).isEmpty();
        assertThat(keys.sealway()
                        .keys()
                        .reencrypt(Selection.ALL, ReencryptTerms.USUAL)
                        .passed())
                .isTrue();
        assertThat(Applications.opened(database, current)).isEqualTo(Map.copyOf(memory));
        keys.sealway().keys().disable(oldKey(keys), Keeping.IN_PLACE);
        assertThat(Applications.opened(database, keys.sealway().column("people.email")))
                .isEqualTo(Map.copyOf(memory));
    }

    /** Adds a key and promotes it; gives what an application that has it and does not know of the promotion seals with. */
    private static SealedField rotated(FiledKeys keys) throws Exception {
        keys.sealway().keys().add(Optional.empty(), Keeping.IN_PLACE);
        SealedField stale = keys.holding(keys.bundle()).column("people.email");
        keys.sealway().keys().promote(keys.newest(), KeyRotation.PROMOTE_AGE, true, Keeping.IN_PLACE);
        return stale;
    }

    private static KeyName oldKey(FiledKeys keys) throws Exception {
        long primary = keys.primary().keyId();
        long old = keys.data().keyIds().stream()
                .filter(id -> id != primary)
                .findFirst()
                .orElseThrow();
        return new KeyName("data/default", old);
    }

    /** Each owns the ids of its remainder. */
    private static void write(
            TestDatabase database,
            Map<Long, Optional<String>> memory,
            int remainder,
            SealedField field,
            Random random,
            AtomicInteger left) {
        try (Connection connection = database.connect();
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE people SET (email_encrypted, email_search) = (?, ?) WHERE id = ?")) {
            for (int n = 0; n < 600; n++) {
                long id = 1 + 2L * random.nextInt(1_000) + (1 - remainder);
                Optional<String> value = random.nextInt(8) == 0
                        ? Optional.empty()
                        : Optional.of("w%d@example.org".formatted(random.nextInt(1_000_000)));
                update.setBytes(1, value.map(field::seal).orElse(null));
                update.setBytes(2, value.map(field::searchToken).orElse(null));
                update.setLong(3, id);
                if (update.executeUpdate() == 1) {
                    memory.put(id, value);
                }
            }
            left.decrementAndGet();
        } catch (SQLException e) {
            System.out.println("a writer failed with SQLSTATE " + e.getSQLState());
        }
    }

    @Test
    @DisplayName("T04 a killed re-encryption goes on after its last committed batch")
    void resumesAfterTheLastCommittedBatch(TestDatabase database) throws Exception {
        createThousand(database);
        Life life = Life.of(database, TABLES).batchesOf(50).toContracted();
        String old = String.valueOf(life.environment().get("SEALWAY_KEYS"));
        Map<String, String> fresh = Map.of("SEALWAY_KEYS", RotatedKeys.promoted(RotatedKeys.added(old)));
        try (PausingBackfill killed = PausingBackfill.startReencrypting(life, TABLES, 8, fresh)) {
            assertThat(ofOtherKeys(database, fresh)).isEqualTo("650");
            assertThatThrownBy(() -> life.sealway(fresh).keys().reencrypt(Selection.ALL, ReencryptTerms.USUAL))
                    .hasMessageContaining("another run of Sealway works on public.people");
            killed.kill();
        }
        ReencryptReport.Table resumed = PausingBackfill.whenFree(
                        () -> life.sealway(fresh).keys().reencrypt(Selection.ALL, ReencryptTerms.USUAL))
                .tables()
                .get(0);
        assertThat(resumed.rewritten()).isEqualTo(650);
        assertThat(resumed.older()).isZero();
        assertThat(database.value(
                        "SELECT string_agg(outcome, ',' ORDER BY id) FROM sealway.run WHERE verb = 'keys reencrypt'"))
                .isEqualTo("abandoned,done");
    }

    @Test
    void startsOverWhenAnotherKeyWasPromotedSinceTheKill(TestDatabase database) throws Exception {
        createThousand(database);
        Life life = Life.of(database, TABLES).batchesOf(50).toContracted();
        String old = String.valueOf(life.environment().get("SEALWAY_KEYS"));
        String second = RotatedKeys.promoted(RotatedKeys.added(old));
        assertThatThrownBy(() -> reencryptUntil(life, second, 8, 0)).hasMessage("killed");
        String third = RotatedKeys.promoted(RotatedKeys.added(second));
        Map<String, String> fresh = Map.of("SEALWAY_KEYS", third);
        ReencryptReport.Table done = life.sealway(fresh)
                .keys()
                .reencrypt(Selection.ALL, ReencryptTerms.USUAL)
                .tables()
                .get(0);
        assertThat(done.rewritten()).isEqualTo(1_000);
        assertThat(ofOtherKeys(database, fresh)).isEqualTo("0");
        assertThat(life.sealway(fresh).column("people.email").open(ciphertext(database)))
                .isEqualTo("a1@example.org");
    }

    @Test
    void clearsAwayTheIndexOfARunThatWasKilled(TestDatabase database) throws Exception {
        createThousand(database);
        Life life = Life.of(database, TABLES).batchesOf(50).toContracted();
        String old = String.valueOf(life.environment().get("SEALWAY_KEYS"));
        String second = RotatedKeys.promoted(RotatedKeys.added(old));
        assertThatThrownBy(() -> reencryptUntil(life, second, 3, 0)).hasMessage("killed");
        assertThat(indexes(database)).isEqualTo("1");
        assertThatThrownBy(() -> reencryptUntil(life, second, 3, 0)).hasMessage("killed");
        assertThat(indexes(database)).as("the same is used again").isEqualTo("1");
        Map<String, String> third = Map.of("SEALWAY_KEYS", RotatedKeys.promoted(RotatedKeys.added(second)));
        assertThat(life.sealway(third)
                        .keys()
                        .reencrypt(Selection.ALL, ReencryptTerms.USUAL)
                        .passed())
                .isTrue();
        assertThat(indexes(database)).isEqualTo("0");
    }

    private static void reencryptUntil(Life life, String bundle, int batch, long indexAbove) {
        AtomicInteger batches = new AtomicInteger(batch);
        WalkListener killing = new WalkListener() {
            @Override
            public void sealed(int rows) {
                if (batches.decrementAndGet() == 0) {
                    throw SealwayException.failed("killed");
                }
            }
        };
        KeyBundle keys = Walks.keys(bundle);
        Wiring.wire(
                        Life.plan(TABLES),
                        () -> keys,
                        life.database().dataSource(),
                        Wiring.settings(Progress.NONE, 50).withListener(killing))
                .keys()
                .reencrypt(Selection.ALL, new ReencryptTerms(false, indexAbove));
    }

    private static void createThousand(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE people (tenant text, id bigint, email text, PRIMARY KEY (tenant, id))",
                "INSERT INTO people SELECT 't' || g % 3, g, 'a' || g || '@example.org' FROM generate_series(1, 1000) g");
    }

    private static String indexes(TestDatabase database) throws SQLException {
        return database.value("SELECT count(*) FROM pg_class WHERE relname LIKE 'sealway\\_rewrap%'");
    }

    private static byte[] ciphertext(TestDatabase database) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT email_encrypted FROM people WHERE id = 1")) {
            row.next();
            return row.getBytes(1);
        }
    }

    private static String ofOtherKeys(TestDatabase database, Map<String, String> keys) throws SQLException {
        long primary = RotatedKeys.primary(String.valueOf(keys.get("SEALWAY_KEYS")));
        return database.value(
                "SELECT count(*) FROM people WHERE encode(substring(email_encrypted, 2, 4), 'hex') <> '%08x'"
                        .formatted(primary));
    }

    private static long seed() {
        return Long.getLong("sealway.seed", ThreadLocalRandom.current().nextLong(1_000_000));
    }
}
