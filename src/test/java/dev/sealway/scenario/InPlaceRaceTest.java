package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.batch.WalkListener;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.transit.InPlaceLife;
import dev.sealway.testing.transit.PausingInPlace;
import dev.sealway.testing.transit.Writers;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writers, a cipher that fails, and a process that is killed, while a table is encrypted in place and decrypted back. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class InPlaceRaceTest {

    private static final String PEOPLE = """
            tables:
              public.people:
                mode: in-place
                cipher: transit
                already-encrypted: accept
                columns: { email: {} }
            """;

    private static final String ENCRYPTED = "SELECT count(*) FROM people WHERE email LIKE 'vault:v1:%'";

    @Test
    @DisplayName("T52 no write is lost, and none gets into another row, among writers of plaintext and of ciphertext")
    void losesNoWriteAmongWriters(TestDatabase db) throws Exception {
        Map<Long, Optional<String>> remembered = Writers.createPeople(db, 2_000);
        InPlaceLife life = InPlaceLife.of(db, PEOPLE).workers(3).expand();
        Map<Long, Optional<String>> expected;
        try (Writers writers = Writers.start(db, remembered, seed(), v -> life.sealed(v, "public.people.email"))) {
            writers.await(300);
            assertThat(life.backfill().passed()).isTrue();
            writers.await(600);
            life.verify();
            expected = writers.stop();
            assertThat(writers.errors()).isEmpty();
        }
        assertThat(life.backfill().tables().get(0).dirty()).isZero();
        assertThat(life.verify().passed()).isTrue();
        assertThat(readable(db)).isEqualTo(expected);
        try (Writers writers = Writers.start(db, expected, seed(), UnaryOperator.identity())) {
            writers.await(300);
            life.rollback();
            writers.await(300);
            expected = writers.stop();
            assertThat(writers.errors()).isEmpty();
        }
        assertThat(db.value(ENCRYPTED)).isEqualTo("0");
        assertThat(readable(db)).isEqualTo(expected);
    }

    @Test
    void neverOverwritesWhatWasWrittenWhileABatchWasAway(TestDatabase db) throws SQLException {
        Map<Long, Optional<String>> expected = Writers.createPeople(db, 120);
        InPlaceLife life = InPlaceLife.of(db, PEOPLE).expand();
        life.listening(interfering(db, "UPDATE people SET email = 'newer' WHERE id = 7", 1));
        life.backfill();
        expected.put(7L, Optional.of("newer"));
        assertThat(readable(db)).isEqualTo(expected);
        life.listening(interfering(db, "UPDATE people SET email = 'newest' WHERE id = 8", 1));
        life.rollback();
        expected.put(8L, Optional.of("newest"));
        assertThat(readable(db)).isEqualTo(expected);
        assertThat(db.value(ENCRYPTED)).isEqualTo("0");
    }

    private static WalkListener interfering(TestDatabase db, String sql, int batch) {
        return new WalkListener() {
            private int sealed;

            @Override
            public void sealed(int rows) {
                if (++sealed == batch) {
                    try {
                        db.execute(sql);
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        };
    }

    @Test
    @DisplayName("T34 an outage in the middle stops the run, which continues afterwards, there and back")
    void continuesAfterAnOutage(TestDatabase db) throws SQLException {
        Map<Long, Optional<String>> expected = Writers.createPeople(db, 1_000);
        InPlaceLife life = InPlaceLife.of(db, PEOPLE).expand();
        life.sealingWith(InPlaceLife.transit().awayAt(call -> call >= 9));
        assertThatThrownBy(life::backfill).hasMessage("Transit does not answer");
        assertThat(Long.parseLong(db.value(ENCRYPTED))).isBetween(1L, 800L);
        assertThat(readable(db)).isEqualTo(expected);
        life.sealingWith(InPlaceLife.transit());
        assertThat(life.backfill().passed()).isTrue();
        assertThat(life.verify().passed()).isTrue();
        assertThat(readable(db)).isEqualTo(expected);
        life.sealingWith(InPlaceLife.transit().awayAt(call -> call >= 9));
        assertThatThrownBy(life::rollback).hasMessage("Transit does not answer");
        assertThat(Long.parseLong(db.value(ENCRYPTED))).isBetween(1L, 900L);
        assertThat(readable(db)).isEqualTo(expected);
        life.sealingWith(InPlaceLife.transit());
        life.rollback();
        assertThat(db.value(ENCRYPTED)).isEqualTo("0");
        assertThat(readable(db)).isEqualTo(expected);
    }

    @Test
    void goesBackHalfWay(TestDatabase db) throws SQLException {
        Map<Long, Optional<String>> expected = Writers.createPeople(db, 1_000);
        InPlaceLife life = InPlaceLife.of(db, PEOPLE).expand();
        life.sealingWith(InPlaceLife.transit().awayAt(call -> call >= 9));
        assertThatThrownBy(life::backfill).hasMessage("Transit does not answer");
        life.sealingWith(InPlaceLife.transit().awayAt(call -> call >= 4));
        assertThatThrownBy(life::rollback).hasMessage("Transit does not answer");
        life.sealingWith(InPlaceLife.transit());
        assertThat(life.backfill().passed()).isTrue();
        assertThat(life.verify().passed()).isTrue();
        assertThat(readable(db)).isEqualTo(expected);
        life.rollback();
        assertThat(db.value(ENCRYPTED)).isEqualTo("0");
        assertThat(readable(db)).isEqualTo(expected);
    }

    @Test
    @DisplayName("T52 items that fail alone fail for their own rows")
    void keepsFailuresWithTheirRows(TestDatabase db) throws SQLException {
        Map<Long, Optional<String>> expected = Writers.createPeople(db, 500);
        InPlaceLife life = InPlaceLife.of(db, PEOPLE).expand();
        life.sealingWith(InPlaceLife.transit().failingAt(item -> item % 13 == 0));
        life.backfill();
        assertThat(readable(db)).isEqualTo(expected);
        life.sealingWith(InPlaceLife.transit());
        assertThat(life.backfill().passed()).isTrue();
        assertThat(life.verify().passed()).isTrue();
        life.sealingWith(InPlaceLife.transit().failingAt(item -> item > 100));
        assertThatThrownBy(life::rollback).hasMessageContaining("rows of public.people do not decrypt");
        assertThat(readable(db)).isEqualTo(expected);
        life.sealingWith(InPlaceLife.transit());
        life.rollback();
        assertThat(readable(db)).isEqualTo(expected);
        assertThat(db.value(ENCRYPTED)).isEqualTo("0");
    }

    @Test
    @DisplayName("T04 a process that is killed in the middle is continued by the next, there and back")
    void continuesAfterAKill(TestDatabase db) throws Exception {
        Map<Long, Optional<String>> expected = Writers.createPeople(db, 600);
        InPlaceLife life = InPlaceLife.of(db, PEOPLE).expand();
        try (PausingInPlace paused = PausingInPlace.start(db, PEOPLE, "backfill", 4)) {
            paused.kill();
        }
        assertThat(Long.parseLong(db.value(ENCRYPTED))).isBetween(100L, 150L);
        assertThat(life.backfill().passed()).isTrue();
        assertThat(life.verify().passed()).isTrue();
        assertThat(readable(db)).isEqualTo(expected);
        try (PausingInPlace paused = PausingInPlace.start(db, PEOPLE, "rollback", 4)) {
            paused.kill();
        }
        assertThat(Long.parseLong(db.value(ENCRYPTED))).isBetween(390L, 450L);
        life.rollback();
        assertThat(db.value(ENCRYPTED)).isEqualTo("0");
        assertThat(readable(db)).isEqualTo(expected);
    }

    private static Map<Long, Optional<String>> readable(TestDatabase db) throws SQLException {
        return InPlaceLife.readable(db, "people", "email");
    }

    private static long seed() {
        return System.nanoTime();
    }
}
