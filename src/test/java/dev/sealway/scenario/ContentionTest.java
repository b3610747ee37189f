package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Applications and triggers that get in the way. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class ContentionTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: {} }
            """;

    @Test
    @DisplayName("T02 an application that locks hot rows in the other order meets no deadlock")
    void causesNoDeadlockInTheApplication(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text)",
                "INSERT INTO people SELECT g, 'a' || g FROM generate_series(1, 60) g",
                "CREATE INDEX ON people (id)");
        Life life = Life.of(database, TABLES).batchesOf(30).expand();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong transactions = new AtomicLong();
        Queue<SQLException> errors = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            int seed = t;
            Thread thread = new Thread(() -> lockDescending(database, new Random(seed), stop, transactions, errors));
            threads.add(thread);
            thread.start();
        }
        for (int round = 0; round < 15; round++) {
            life.sealway().backfill(Selection.ALL);
        }
        stop.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.printf("%d application transactions beside 15 backfills%n", transactions.get());
        assertThat(errors).isEmpty();
        assertThat(transactions.get()).isPositive();
    }

    /** Four rows from the last to the first, by threads that agree among themselves on the order. */
    private static void lockDescending(
            TestDatabase database, Random random, AtomicBoolean stop, AtomicLong done, Queue<SQLException> errors) {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement update = connection.prepareStatement("UPDATE people SET email = ? WHERE id = ?")) {
                while (!stop.get()) {
                    List<Integer> ids = random.ints(1, 61)
                            .distinct()
                            .limit(4)
                            .boxed()
                            .sorted((a, b) -> b - a)
                            .toList();
                    for (int id : ids) {
                        update.setString(1, "b" + random.nextInt());
                        update.setLong(2, id);
                        update.executeUpdate();
                    }
                    connection.commit();
                    done.incrementAndGet();
                }
            }
        } catch (SQLException e) {
            errors.add(e);
        }
    }

    @Test
    @DisplayName("T05 a trigger that rewrites the plaintext during our own update converges")
    void convergesUnderATriggerThatRewrites(TestDatabase database) throws Exception {
        createPeopleWithTrigger(database, "NEW.email := lower(NEW.email)");
        Life life = Life.of(database, TABLES + "    dispositions: { trigger rewrites: accept }\n")
                .toVerified();
        var email = life.sealway().column("people.email");
        try (Connection connection = database.connect();
                var rows = connection.createStatement().executeQuery("SELECT email, email_encrypted FROM people")) {
            while (rows.next()) {
                assertThat(email.open(rows.getBytes(2)))
                        .isEqualTo(rows.getString(1))
                        .startsWith("mixed");
            }
        }
    }

    @Test
    @DisplayName("T05 a trigger that rewrites the plaintext every time is reported")
    void reportsATriggerThatNeverConverges(TestDatabase database) throws Exception {
        createPeopleWithTrigger(database, "NEW.email := NEW.email || 'x'");
        Life life = Life.of(database, TABLES + "    dispositions: { trigger rewrites: accept }\n")
                .expand();
        assertThatThrownBy(() -> life.sealway().backfill(Selection.ALL))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("a trigger on public.people changes the plaintext")
                .hasMessageContaining("(1)")
                .hasMessageNotContaining("MiXeD");
    }

    private static void createPeopleWithTrigger(TestDatabase database, String body) throws SQLException {
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text)",
                "INSERT INTO people SELECT g, 'MiXeD' || g FROM generate_series(1, 10) g",
                """
                CREATE FUNCTION rewrites() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN %s; RETURN NEW; END $$""".formatted(body),
                "CREATE TRIGGER rewrites BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION rewrites()");
    }
}
