package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.batch.WalkedTable;
import dev.sealway.guard.GuardedColumn;
import dev.sealway.guard.GuardedColumn.Authority;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Applications;
import dev.sealway.testing.EncryptedWriters;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.RotatedKeys;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.Walks;
import dev.sealway.workflow.ReencryptTerms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Applications that know the encrypted column alone, at work while the plaintext is left behind or comes back. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class CutOverRaceTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: { search: { normalizer: exact } } }
            """;

    private static Life cutOver(TestDatabase database) {
        // whoever catches up with three that write as fast as they can does not go in steps that are all overhead
        Life life = Life.of(database, TABLES).batchesOf(500).toVerified();
        life.sealway().cutOver(Selection.ALL, Duration.ZERO);
        return life;
    }

    @Test
    @DisplayName("T13 T72 A2: encrypted-only writers race the rollback, and not one value is lost or stale")
    void losesNothingOnTheWayBack(TestDatabase database) throws Exception {
        Map<Long, Optional<String>> first = Applications.createPeople(database, 3_000);
        Life life = cutOver(database);
        Map<Long, Optional<String>> last;
        try (EncryptedWriters writers =
                EncryptedWriters.start(database, life.sealway().column("people.email"), first, 3, 41)) {
            writers.await(500);
            life.sealway().rollback(Selection.ALL);
            last = writers.stop();
            assertThat(writers.errors()).isEmpty();
        }
        assertThat(EncryptedWriters.plaintexts(database)).isEqualTo(last);
        assertThat(database.value("SELECT count(*) FROM information_schema.columns WHERE table_name = 'people'"))
                .isEqualTo("2");
    }

    @Test
    @DisplayName("T13 encrypted-only writers race verify and contract after a cut over")
    void losesNothingOnTheWayOn(TestDatabase database) throws Exception {
        Map<Long, Optional<String>> first = Applications.createPeople(database, 3_000);
        Life life = cutOver(database);
        var field = life.sealway().column("people.email");
        Map<Long, Optional<String>> last;
        try (EncryptedWriters writers = EncryptedWriters.start(database, field, first, 3, 42)) {
            writers.await(300);
            assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
            life.contract();
            writers.await(100);
            last = writers.stop();
            assertThat(writers.errors()).isEmpty();
        }
        assertThat(Applications.opened(database, field)).isEqualTo(last);
    }

    @Test
    @DisplayName("T13 a re-encryption runs beside encrypted-only writers and leaves the plaintext alone")
    void leavesThePlaintextAloneInARewrap(TestDatabase database) throws Exception {
        Map<Long, Optional<String>> first = Applications.createPeople(database, 2_000);
        Life life = cutOver(database);
        life.rekey(RotatedKeys.promoted(
                RotatedKeys.added(String.valueOf(life.environment().get("SEALWAY_KEYS")))));
        var field = life.sealway().column("people.email");
        Map<Long, Optional<String>> last;
        try (EncryptedWriters writers = EncryptedWriters.start(database, field, first, 2, 43)) {
            writers.await(200);
            life.sealway().keys().reencrypt(Selection.ALL, ReencryptTerms.USUAL);
            last = writers.stop();
            assertThat(writers.errors()).isEmpty();
        }
        assertThat(Applications.opened(database, field)).isEqualTo(last);
        assertThat(EncryptedWriters.stale(database, field)).isZero();
        assertThat(Integer.parseInt(String.valueOf(database.value("SELECT count(email) FROM people"))))
                .as("untouched rows keep their plaintext")
                .isPositive();
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
        life.sealway().rollback(Selection.ALL);
        assertThat(EncryptedWriters.plaintexts(database)).isEqualTo(last);
    }

    @Test
    @DisplayName(
            "T13 negative: with the guard of before the cut over an encrypted-only write leaves the plaintext stale")
    void showsThatTheFirstVariantLosesAfterTheCutOver(TestDatabase database) throws Exception {
        Applications.createPeople(database, 10);
        Life life = cutOver(database);
        var field = life.sealway().column("people.email");
        install(life, Authority.PLAINTEXT);
        EncryptedWriters.write(database, field, 3, "fresh@b.c");
        assertThat(EncryptedWriters.stale(database, field)).isEqualTo(1);
        assertThat(life.sealway().status(Selection.ALL).columns()).hasSize(1);
        assertThatThrownBy(() -> life.sealway().rollback(Selection.ALL))
                .hasMessageContaining("the guard of public.people is missing, altered");
        assertThat(Applications.opened(database, field)).containsEntry(3L, Optional.of("fresh@b.c"));
    }

    @Test
    @DisplayName(
            "T13 negative: with the guard of after the cut over a dual writer that only re-encrypts loses its plaintext, and every phase refuses it")
    void showsThatTheSecondVariantHarmsBeforeTheCutOver(TestDatabase database) throws Exception {
        Applications.createPeople(database, 10);
        Life life = Life.of(database, TABLES).toVerified();
        var field = life.sealway().column("people.email");
        install(life, Authority.CIPHERTEXT);
        EncryptedWriters.write(database, field, 3, "first3@example.org");
        assertThat(database.rows("SELECT email FROM people WHERE id = 3").get(0))
                .containsOnlyNulls();
        for (var phase : List.<ThrowingCallable>of(
                () -> life.sealway().cutOver(Selection.ALL, Duration.ZERO),
                () -> life.sealway().verify(Selection.ALL))) {
            assertThatThrownBy(phase).hasMessageContaining("the guard of public.people is missing, altered");
        }
    }

    private static void install(Life life, Authority authority) {
        WalkedTable table = Walks.table(life, "people");
        RegisteredTable registered = table.registered();
        assertThat(registered.columns()).extracting(c -> c.phase()).doesNotContain(ColumnPhase.CONTRACTED);
        Database.of(life.database().dataSource()).inTransaction(TransactionSettings.writing(), "a test", tx -> {
            GuardedColumn column = table.guarded().get(0);
            table.guard()
                    .install(
                            tx,
                            List.of(new GuardedColumn(
                                    column.plaintext(), column.encrypted(), column.tokens(), false, authority)),
                            table.rowKey().names());
            return null;
        });
    }
}
