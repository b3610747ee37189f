package dev.sealway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.chaos.Boundary.Moment;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class BoundariesTest {

    @Test
    void namesStatementsWithoutTheirValues() {
        assertThat(StatementLabel.of("SELECT 'a'")).isEmpty();
        assertThat(StatementLabel.of("SET TRANSACTION READ ONLY; SELECT 1")).isEmpty();
        assertThat(StatementLabel.of("INSERT INTO sealway.run (verb) VALUES ('a')"))
                .contains("INSERT INTO sealway.run");
        assertThat(StatementLabel.of("CREATE UNIQUE INDEX CONCURRENTLY \"i\" ON \"t\" (a)"))
                .contains("CREATE UNIQUE INDEX CONCURRENTLY \"i\" ON");
        assertThat(
                        StatementLabel.of(
                                "WITH v AS (SELECT 1), l AS (SELECT 2 FOR NO KEY UPDATE OF t SKIP LOCKED) UPDATE \"t\" t SET a = 'b'"))
                .contains("WITH UPDATE \"t\"");
        assertThat(StatementLabel.of("WITH v AS (SELECT 'x') SELECT 1 FROM v")).isEmpty();
    }

    @Test
    void comesBackFromItsLine() {
        Boundary boundary = new Boundary("EXPAND", Moment.COMMIT, "ALTER TABLE \"a\"", 3);
        assertThat(Boundary.parse(boundary.line())).isEqualTo(boundary);
    }

    @Test
    void findsEveryBoundaryOfALife(TestDatabase database) throws Exception {
        List<List<Step>> lives = List.of(List.of(Step.EXPAND, Step.BACKFILL, Step.VERIFY, Step.VIEWS, Step.CONTRACT));
        try (Recording recording = Recording.of(database.jdbcUrl(), 60, lives)) {
            List<Boundary> all =
                    recording.places(lives).stream().map(Place::boundary).toList();
            assertThat(all).doesNotHaveDuplicates().hasSizeGreaterThan(120);
            assertThat(all.stream().map(Boundary::line)).noneMatch(line -> line.contains(Person.CANARY));
            assertThat(all.stream().map(Boundary::moment)).contains(Moment.values());
        }
    }
}
