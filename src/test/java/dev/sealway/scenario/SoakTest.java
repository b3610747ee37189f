package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.Verb;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who still writes plaintext alone is seen, named, and not cut off. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class SoakTest {

    private static final Duration DAY = Duration.ofDays(1);

    private static final String SEEN =
            "SELECT string_agg(DISTINCT role || '/' || application, ',' ORDER BY role || '/' || application) FROM sealway.legacy_write";

    private static void write(TestDatabase database, String application, String... statements) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("SET application_name = '" + application + "'");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** As if the watch had stood, and everything had been seen, so much earlier. */
    private static void setBack(TestDatabase database, String interval) throws SQLException {
        database.execute(
                "UPDATE sealway.legacy_watch SET armed_at = armed_at - interval '%s'".formatted(interval),
                "UPDATE sealway.legacy_write SET at = at - interval '%s'".formatted(interval));
    }

    @Test
    void namesWhoWritesPlaintextAlone(TestDatabase database) throws SQLException {
        Life life = CutOverTest.life(database).toVerified();
        write(database, "old-shop", "UPDATE users SET email = 'x' || email WHERE id < 4");
        write(database, "old-batch", "INSERT INTO users (id, email) VALUES (100, 'n@b.c')");
        write(database, "harmless", "UPDATE users SET tenant = 2", "UPDATE users SET phone = NULL WHERE id = 9");
        assertThat(database.value(SEEN)).isEqualTo("postgres/old-batch,postgres/old-shop");
        assertThat(life.sealway().preview(Verb.CUT_OVER, Selection.ALL))
                .anyMatch(l ->
                        l.contains("legacy writer of public.users, seen 1 times: application old-batch as postgres"))
                .anyMatch(l -> l.startsWith("it would be refused: public.users was written within the soak time"));
        assertThat(life.sealway().status(Selection.ALL).legacyWriters())
                .anySatisfy(w -> assertThat(w.application()).isEqualTo("old-shop"));
        assertThatThrownBy(() -> life.sealway().cutOver(Selection.ALL, DAY))
                .isInstanceOfSatisfying(SealwayException.class, e -> assertThat(e.outcome())
                        .isEqualTo(SealwayException.Outcome.REFUSED))
                .hasMessageContainingAll("application old-shop as postgres", "application old-batch")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("n@b.c"));
    }

    @Test
    void isPassedOnceTheWholeTimeWasWatchedAndNobodyWasSeen(TestDatabase database) throws SQLException {
        Life life = CutOverTest.life(database).toVerified();
        write(database, "old-shop", "UPDATE users SET email = 'x' || email WHERE id < 4");
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        setBack(database, "23 hours");
        assertThatThrownBy(() -> life.sealway().cutOver(Selection.ALL, DAY))
                .hasMessageContaining("application old-shop");
        setBack(database, "59 minutes");
        assertThatThrownBy(() -> life.sealway().cutOver(Selection.ALL, DAY))
                .hasMessageContaining("application old-shop");
        setBack(database, "3 minutes");
        assertThat(life.sealway().cutOver(Selection.ALL, DAY).tables()).hasSize(1);
        assertThat(database.value("SELECT count(*) FROM pg_trigger WHERE tgname LIKE '~sealway_legacy%'"))
                .isEqualTo("0");
    }

    @Test
    void asksHowLongItWasWatchedAndGoesOnOverASecondVerify(TestDatabase database) throws SQLException {
        Life life = CutOverTest.life(database).toVerified();
        assertThatThrownBy(() -> life.sealway().cutOver(Selection.ALL))
                .hasMessageContaining("is watched for legacy writers since PT")
                .hasMessageContaining("--soak");
        setBack(database, "25 hours");
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
        assertThat(life.sealway().cutOver(Selection.ALL).tables()).hasSize(1);
    }

    @Test
    void beginsAnewWhereTheWatchWasBroken(TestDatabase database) throws SQLException {
        Life life = CutOverTest.life(database).toVerified();
        setBack(database, "25 hours");
        database.execute("ALTER TABLE users DISABLE TRIGGER \"~sealway_legacy_update\"");
        assertThatThrownBy(() -> life.sealway().cutOver(Selection.ALL))
                .hasMessageContaining("nobody watches public.users")
                .hasMessageContaining("run 'sealway verify'");
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
        assertThatThrownBy(() -> life.sealway().cutOver(Selection.ALL)).hasMessageContaining("since PT");
    }

    @Test
    void seesAWriterWithoutRightsAndWithoutRoomForTheRecord(TestDatabase database) throws SQLException {
        Life life = CutOverTest.life(database).toVerified();
        String role = "app_" + database.name();
        database.execute("CREATE ROLE " + role, "GRANT SELECT, UPDATE ON users TO " + role);
        try {
            write(database, "bare", "SET ROLE " + role, "UPDATE users SET email = 'r@b.c' WHERE id = 5");
            assertThat(database.value(SEEN)).isEqualTo("postgres taking on " + role + "/bare");
            database.execute("ALTER TABLE sealway.legacy_write ADD CHECK (application <> 'unlucky')");
            write(database, "unlucky", "UPDATE users SET email = 's@b.c' WHERE id = 6");
            assertThat(database.value("SELECT email FROM users WHERE id = 6")).isEqualTo("s@b.c");
        } finally {
            database.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        }
        assertThat(life.sealway().status(Selection.ALL).columns()).hasSize(2);
    }

    @Test
    void writesASessionDownOnceInTenSecondsAndNeverDisturbsSerialisableWriters(TestDatabase database)
            throws SQLException {
        CutOverTest.life(database).toVerified();
        try (Connection one = database.connect();
                Connection other = database.connect();
                var first = one.createStatement();
                var second = other.createStatement()) {
            one.setAutoCommit(false);
            other.setAutoCommit(false);
            first.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
            second.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
            first.execute("INSERT INTO users (id, email) VALUES (201, 'one@b.c')");
            second.execute("INSERT INTO users (id, email) VALUES (202, 'two@b.c')");
            first.execute("INSERT INTO users (id, email) VALUES (203, 'three@b.c')");
            one.commit();
            other.commit();
        }
        assertThat(database.value("SELECT count(*) BETWEEN 2 AND 3 FROM sealway.legacy_write"))
                .isEqualTo("t");
    }

    @Test
    void doesNotTakeSealwayOrATriggerThatNormalisesForAWriter(TestDatabase database) throws SQLException {
        Life life = CutOverTest.life(database);
        database.execute(
                "CREATE FUNCTION lower_email() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.email := lower(NEW.email); RETURN NEW; END'",
                "CREATE TRIGGER normalise BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION lower_email()");
        life.replan(CutOverTest.TABLES + "    dispositions: { \"trigger normalise\": accept }\n")
                .toVerified();
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        assertThat(database.rows(SEEN).get(0)).containsOnlyNulls();
    }
}
