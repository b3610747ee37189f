package dev.sealway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class AuditTrailTest {

    private TrailFixture trail;

    @BeforeEach
    void install(TestDatabase database) {
        trail = new TrailFixture(database);
    }

    @Test
    void chainsAndSignsWhatItIsTold() {
        trail.append(3);
        List<AuditEntry> entries = trail.entries();
        assertThat(entries).extracting(AuditEntry::seq).containsExactly(1L, 2L, 3L);
        assertThat(entries.get(0).previous()).isEqualTo("0".repeat(64));
        assertThat(entries.get(2).previous()).isEqualTo(entries.get(1).hash());
        assertThat(entries.get(1).actor()).endsWith(" (ada@build)");
        assertThat(entries.get(1).at()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        assertThat(entries.get(1).body()).isEqualTo("{\"a\":\"ü\",\"b\":2}");
        assertThat(entries).allMatch(e -> e.mac().isPresent());
        assertThat(trail.pen.head()).contains(entries.get(2).head());
        assertThat(trail.verify().isWholeAndSigned()).isTrue();
    }

    @Test
    void writesNothingOfATransactionThatIsRolledBack() {
        trail.append("first");
        assertThatThrownBy(() -> trail.database.inTransaction(TransactionSettings.writing(), "failing", tx -> {
                    AuditTrail.in(tx).append(1, "never", Map.of());
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(trail.entries()).extracting(AuditEntry::event).containsExactly("first");
        assertThat(trail.pen.head().orElseThrow().seq()).isEqualTo(1);
    }

    @Test
    void forgetsWhatWasTriedInVain() {
        trail.database.inTransaction(TransactionSettings.writing(), "trying", tx -> {
            AuditTrail.in(tx).append(1, "before", Map.of());
            Optional<SqlFailure> failure = tx.tentatively(() -> {
                AuditTrail.in(tx).append(1, "in vain", Map.of());
                tx.execute(Sql.of("SELECT 1 / 0"));
            });
            AuditTrail.in(tx).append(1, "after", Map.of());
            return failure.orElseThrow();
        });
        assertThat(trail.entries()).extracting(AuditEntry::event).containsExactly("before", "after");
    }

    @Test
    void tellsOnlyOfWhatIsCommitted(TestDatabase database) throws SQLException {
        database.execute("""
                CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
                CREATE CONSTRAINT TRIGGER late AFTER INSERT ON sealway.audit DEFERRABLE INITIALLY DEFERRED
                   FOR EACH ROW EXECUTE FUNCTION fail()""");
        assertThatThrownBy(() -> trail.append("never")).isInstanceOf(SqlFailure.class);
        assertThat(trail.pen.head()).isEmpty();
        assertThat(trail.entries()).isEmpty();
    }

    @Test
    void signsNothingWithoutAPen(TestDatabase database) {
        TrailFixture.append(Database.of(database.dataSource()), "plain");
        assertThat(trail.entries().get(0).mac()).isEmpty();
        assertThat(trail.entries().get(0).actor()).isEqualTo(database.user());
    }

    @Test
    void isAppendedToOnly(TestDatabase database) {
        trail.append(2);
        for (String change : List.of(
                "UPDATE sealway.audit SET actor = 'eve'", "DELETE FROM sealway.audit", "TRUNCATE sealway.audit")) {
            assertThatThrownBy(() -> database.execute(change)).hasMessageContaining("append only");
        }
        assertThat(trail.verify().isWholeAndSigned()).isTrue();
    }

    @Test
    @DisplayName("T74 four appenders at once make one chain")
    void takesFourAppendersAtOnce() throws Exception {
        int appenders = 4;
        int each = 50;
        CyclicBarrier start = new CyclicBarrier(appenders);
        var threads = Executors.newFixedThreadPool(appenders);
        List<Future<Object>> done = new ArrayList<>();
        for (int a = 0; a < appenders; a++) {
            Callable<Object> work = () -> {
                start.await();
                trail.append(each);
                return "done";
            };
            done.add(threads.submit(work));
        }
        for (Future<Object> one : done) {
            one.get(60, TimeUnit.SECONDS);
        }
        threads.shutdownNow();
        AuditVerdict verdict = trail.verify();
        assertThat(verdict.isWholeAndSigned()).isTrue();
        assertThat(verdict.entries()).isEqualTo((long) appenders * each);
    }

    @Test
    void letsNobodyWaitInACircle(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE one (i int)", "CREATE TABLE two (i int)");
        CyclicBarrier between = new CyclicBarrier(2);
        var threads = Executors.newFixedThreadPool(2);
        List<Future<String>> done = new ArrayList<>();
        for (String table : List.of("one", "two")) {
            Callable<String> work = () -> trail.database.inTransaction(TransactionSettings.writing(), "racing", tx -> {
                AuditTrail.in(tx).append(1, "early", Map.of());
                meet(between);
                tx.execute(Sql.of("LOCK TABLE one IN SHARE ROW EXCLUSIVE MODE"));
                AuditTrail.in(tx).append(1, "late", Map.of());
                return table;
            });
            done.add(threads.submit(work));
        }
        for (Future<String> one : done) {
            assertThat(one.get(60, TimeUnit.SECONDS)).isNotEmpty();
        }
        threads.shutdownNow();
        assertThat(trail.entries()).extracting(AuditEntry::event).containsExactly("early", "late", "early", "late");
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
