package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was written down about changed rows holds for every column, whatever is verified or dropped in between. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class ForgettingTest {

    private static final Selection EMAIL = new Selection(Set.of(), Set.of("users.email"), OptionalInt.empty());
    private static final String USERS = "tables:\n  public.users: { columns: { email: {}, name: {} } }\n";

    /** An application writes both columns, and the wrong ciphertext, after everything was verified. */
    private static Life verifiedThenMiswritten(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, email text, name text)",
                "INSERT INTO users SELECT g, 'e' || g, 'n' || g FROM generate_series(1, 100) g");
        Life life = Life.of(database, USERS).toVerified();
        database.execute("UPDATE users SET name = 'x', name_encrypted = (SELECT name_encrypted FROM users WHERE id = 1)"
                + " WHERE id = 7");
        return life;
    }

    private static void refusesToDropTheName(Life life) throws SQLException {
        assertThatThrownBy(() -> life.contract()).isInstanceOf(SealwayException.class);
        assertThat(life.database().value("SELECT name FROM users WHERE id = 7")).isEqualTo("x");
    }

    @Test
    void keepsWhatChangedInAColumnThatIsNotVerifiedAgain(TestDatabase database) throws SQLException {
        Life life = verifiedThenMiswritten(database);
        var report = life.sealway().verify(EMAIL);
        assertThat(report.tables().get(0).columns()).hasSize(1);
        refusesToDropTheName(life);
    }

    @Test
    void keepsWhatChangedInAColumnThatIsNotDroppedYet(TestDatabase database) throws SQLException {
        Life life = verifiedThenMiswritten(database);
        assertThatThrownBy(() -> life.sealway()
                        .contract(
                                EMAIL,
                                Life.terms(life.sealway().status(EMAIL).phrase().orElseThrow())))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("row (7), column name");
        refusesToDropTheName(life);
    }

    @Test
    void takesBackWhatWasVerifiedWhenVerifyDoesNotEnd(TestDatabase database) throws SQLException {
        Life life = verifiedThenMiswritten(database);
        database.execute("ALTER TABLE users DISABLE TRIGGER \"~sealway_guard\"");
        assertThatThrownBy(() -> life.sealway().verify(Selection.ALL)).hasMessageContaining("guard");
        database.execute("ALTER TABLE users ENABLE ALWAYS TRIGGER \"~sealway_guard\"");
        refusesToDropTheName(life);
    }

    @Test
    @DisplayName(
            "T06 the barrier refuses when the guard or the watch is disabled on one partition, or not the last there")
    void refusesWithoutGuardOrWatchOnAPartition(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE visits (id int PRIMARY KEY, email text) PARTITION BY RANGE (id)",
                "CREATE TABLE visits_1 PARTITION OF visits FOR VALUES FROM (0) TO (50)",
                "CREATE TABLE visits_2 PARTITION OF visits FOR VALUES FROM (50) TO (500)",
                "INSERT INTO visits SELECT g, 'e' || g FROM generate_series(1, 100) g",
                "CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
        Life life = Life.of(database, "tables:\n  public.visits: { columns: { email: {} } }\n")
                .toVerified();
        for (String trigger : List.of("~sealway_guard", "~sealway_recheck")) {
            database.execute("ALTER TABLE visits_2 DISABLE TRIGGER \"" + trigger + "\"");
            assertThatThrownBy(() -> life.contract())
                    .isInstanceOf(SealwayException.class)
                    .hasMessageContaining("disabled");
            database.execute("ALTER TABLE visits_2 ENABLE ALWAYS TRIGGER \"" + trigger + "\"");
        }
        database.execute("CREATE TRIGGER \"~~late\" BEFORE UPDATE ON visits_2 FOR EACH ROW EXECUTE FUNCTION late()");
        assertThatThrownBy(() -> life.sealway().verify(Selection.ALL)).hasMessageContaining("not the last");
        database.execute("DROP TRIGGER \"~~late\" ON visits_2");
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
        life.contract();
    }

    @Test
    void findsABackfillCompleteThatDidWhatThePlansWhereAsks(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, name text, active boolean)",
                "INSERT INTO users SELECT g, 'n' || g, g < 50 FROM generate_series(1, 1000) g");
        Life life = Life.of(database, "tables:\n  public.users: { where: active, columns: { name: {} } }\n")
                .expand();
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        life.sealway().requireBackfilled(Selection.ALL);
    }
}
