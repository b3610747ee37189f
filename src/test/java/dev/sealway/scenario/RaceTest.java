package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.plan.Selection;
import dev.sealway.testing.Applications;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.SealedField;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Applications write all the time; afterwards every row must be what the last of them wrote. */
@ExtendWith(PostgresExtension.class)
class RaceTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: { search: { normalizer: email, accept-leakage: "test" } } }
            """;

    @ParameterizedTest
    @CsvSource({"1, DROP INDEX again", "3, SELECT 1"})
    @DisplayName("T01 no row is stale after a backfill among writers, in one transaction a batch or in several")
    void leavesNoRowStaleAmongWriters(int workers, String first, TestDatabase database) throws Exception {
        race(database, workers, first, 4_000, 3_000);
    }

    @Test
    @Tag("long")
    @DisplayName("T01 no row is stale after a long backfill among writers")
    void leavesNoRowStaleAmongWritersForLong(TestDatabase database) throws Exception {
        race(database, 3, "SELECT 1", 100_000, 150_000);
    }

    private static void race(TestDatabase database, int workers, String first, int rows, int writes) throws Exception {
        Map<Long, Optional<String>> remembered = Applications.createPeople(database, rows);
        database.execute(first);
        Life life = Life.of(database, TABLES).workers(workers).batchesOf(200).expand();
        try (Applications applications = Applications.start(database, remembered, 3, seed(), field(life))) {
            applications.await(writes / 3);
            assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
            applications.await(writes / 3);
            assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
            applications.await(writes / 3);
            Map<Long, Optional<String>> expected = applications.stop();
            assertThat(applications.errors()).isEmpty();
            assertThat(life.sealway().backfill(Selection.ALL).tables().get(0).dirty())
                    .isZero();
            assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
            assertThat(Applications.opened(database, field(life))).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("T03 no write is lost through the drop")
    void losesNoWriteThroughTheDrop(TestDatabase database) throws Exception {
        Map<Long, Optional<String>> remembered = Applications.createPeople(database, 3_000);
        Life life = Life.of(database, TABLES).batchesOf(200).expand();
        try (Applications applications = Applications.start(database, remembered, 3, seed(), field(life))) {
            life.sealway().backfill(Selection.ALL);
            assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
            applications.await(1_000);
            var report = life.contract();
            System.out.printf(
                    "dropped among %d writes: %d leftovers sealed and %d changed rows proven, locked for %d ms%n",
                    applications.writes(),
                    report.tables().get(0).leftovers(),
                    report.tables().get(0).rechecked(),
                    report.tables().get(0).lockedMillis());
            Map<Long, Optional<String>> expected = applications.stop();
            assertThat(applications.errors()).isEmpty();
            assertThat(Applications.opened(database, field(life))).isEqualTo(expected);
        }
    }

    private static SealedField field(Life life) {
        return life.sealway().column("people.email");
    }

    private static long seed() {
        return Long.getLong("sealway.seed", ThreadLocalRandom.current().nextLong(1_000_000));
    }
}
