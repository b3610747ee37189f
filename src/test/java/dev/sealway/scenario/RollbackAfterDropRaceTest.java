package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.plan.Selection;
import dev.sealway.testing.Applications;
import dev.sealway.testing.EncryptedWriters;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Applications that know the encrypted column alone write all the time while the plaintext comes back after the drop. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class RollbackAfterDropRaceTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: { search: { normalizer: exact } } }
            """;

    @Test
    @DisplayName(
            "T72 B: encrypted-only writers insert, change, empty and delete during all of it, and not one value is lost")
    void losesNothingBesideEncryptedWriters(TestDatabase database) throws Exception {
        Map<Long, Optional<String>> first = Applications.createPeople(database, 3_000);
        Life life = Life.of(database, TABLES).toContracted();
        assertThat(race(database, life, first, 51)).isPositive();
    }

    @Test
    @DisplayName("T72 B: broken off after every step among encrypted-only writers, it goes on and loses nothing")
    void losesNothingWhereItIsBrokenOff(TestDatabase database) throws Exception {
        Map<Long, Optional<String>> first = Applications.createPeople(database, 1_000);
        Life life = Life.of(database, TABLES).toContracted();
        int[] broken = {0};
        life.whenTold(told -> {
            if (broken[0] < 8 && !told.startsWith("Removed")) {
                broken[0]++;
                throw new IllegalStateException("broken off");
            }
        });
        race(database, life, first, 52);
        assertThat(broken[0]).isEqualTo(8);
    }

    private static long race(TestDatabase database, Life life, Map<Long, Optional<String>> first, long seed)
            throws Exception {
        var field = life.sealway().column("people.email");
        Map<Long, Optional<String>> last;
        try (EncryptedWriters writers = EncryptedWriters.start(database, field, first, 3, seed)) {
            writers.await(300);
            rollBackInTheEnd(life);
            last = writers.stop();
            assertThat(writers.errors()).isEmpty();
        }
        assertThat(EncryptedWriters.plaintexts(database)).isEqualTo(last);
        assertThat(database.value("SELECT count(*) FROM information_schema.columns WHERE table_name = 'people'"))
                .isEqualTo("2");
        return last.keySet().stream().filter(id -> !first.containsKey(id)).count();
    }

    private static void rollBackInTheEnd(Life life) {
        while (true) {
            try {
                life.sealway().rollback(Selection.ALL);
                return;
            } catch (IllegalStateException brokenOff) {
                assertThat(brokenOff).hasMessage("broken off");
            }
        }
    }
}
