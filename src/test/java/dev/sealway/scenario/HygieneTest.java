package dev.sealway.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.Sealway;
import dev.sealway.config.Wiring;
import dev.sealway.crypto.tink.WrappedStreams;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.patience.Patience;
import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.Overheard;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.RemoteKey;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.Means;
import dev.sealway.workflow.SealedField;
import dev.sealway.workflow.Verb;
import dev.sealway.workflow.Workflow;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever goes wrong, nobody beside the program learns a value or a key from it. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class HygieneTest {

    private static final String CANARY = "CNRY-7f3e";
    private static final String TABLES = """
            tables:
              public.people:
                columns:
                  email: { search: { normalizer: email, unique: carry } }
                  phone: { search: { normalizer: e164 } }
                  note: {}
                  scan: {}
            """;

    private final Overheard overheard = new Overheard();

    @BeforeEach
    void createsPeople(TestDatabase database) throws SQLException {
        database.execute("""
                CREATE TABLE people (id int PRIMARY KEY, email text UNIQUE, phone text, note text, scan bytea,
                  tag text UNIQUE, must int NOT NULL DEFAULT 1)""", """
                INSERT INTO people
                SELECT g, 'CNRY-7f3e-' || g || '@example.org', '+4930' || 1000000 + g, 'CNRY-7f3e note ' || g,
                       convert_to('CNRY-7f3e scan ' || g, 'UTF8'), 'CNRY-7f3e tag ' || g
                  FROM generate_series(1, 20) g""");
    }

    @AfterEach
    void stopsListening() {
        overheard.close();
    }

    @Test
    @DisplayName("T80 what the database says of a row that it refuses")
    void keepsQuietAboutRefusedRows(TestDatabase database) throws SQLException {
        Life life = Life.of(database, TABLES).expand();
        database.execute("ALTER TABLE people ADD CONSTRAINT no_note CHECK (note NOT LIKE 'CNRY%') NOT VALID");
        assertThatThrownBy(() -> database.execute("UPDATE people SET must = 2"))
                .as("what the driver says")
                .hasMessageContaining(CANARY);
        assertThat(backfillFailure(life)).contains("check constraint", "no_note");
        database.execute("ALTER TABLE people DROP CONSTRAINT no_note");

        assertThat(failureOfTrigger(database, life, "NEW.must := NULL;")).contains("NOT NULL");
        assertThat(failureOfTrigger(database, life, "PERFORM NEW.note::int;")).contains("22P02");
        assertThat(failureOfTrigger(database, life, "PERFORM NEW.note::timestamptz;"))
                .contains("22007");
        assertThat(failureOfTrigger(database, life, "RAISE EXCEPTION 'bad %', NEW.note;"))
                .contains("P0001");
        assertThat(failureOfTrigger(
                        database,
                        life,
                        "RAISE EXCEPTION USING MESSAGE = NEW.note, DETAIL = NEW.note, HINT = NEW.note,"
                                + " ERRCODE = 'XX999';"))
                .contains("XX999");
        trigger(database, "RAISE WARNING 'seen %', NEW.note; NEW.tag := 'CNRY-7f3e one for all'; RETURN NEW;");
        BackfillReport refused = life.sealway().backfill(Selection.ALL);
        assertThat(refused.passed()).isFalse();
        overheard.hear(refused);
        nobodyHeard(database, life);
    }

    private String failureOfTrigger(TestDatabase database, Life life, String body) throws SQLException {
        trigger(database, body + " RETURN NEW;");
        return backfillFailure(life);
    }

    private static void trigger(TestDatabase database, String body) throws SQLException {
        database.execute(
                "CREATE OR REPLACE FUNCTION provoke() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN %s END $$"
                        .formatted(body),
                "CREATE OR REPLACE TRIGGER provoke BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION provoke()");
    }

    private String backfillFailure(Life life) {
        return overheard.failure(() -> life.sealway().backfill(Selection.ALL)).getMessage();
    }

    @Test
    @DisplayName("T80 values that no normaliser, index or key takes")
    void keepsQuietAboutBadValues(TestDatabase database) throws SQLException {
        Life life = Life.of(database, TABLES).expand();
        database.execute("""
                INSERT INTO people (id, email, phone, note)
                VALUES (21, 'CNRY-7F3E-1@EXAMPLE.ORG', '+493020000', 'two spellings of one address'),
                       (22, 'CNRY-7f3e-22@example.org', 'CNRY-7f3e has no phone', 'CNRY-7f3e')""");
        assertThat(backfillFailure(life)).contains("1 = 21");
        database.execute("DELETE FROM people WHERE id = 21");
        BackfillReport report = life.sealway().backfill(Selection.ALL);
        overheard.hear(report);
        assertThat(report.tables().get(0).failures()).hasSize(1);
        overheard.hearLedger(database);
        database.execute("UPDATE people SET phone = NULL WHERE id = 22");
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();

        database.execute("UPDATE people SET note_encrypted = email_encrypted WHERE id = 3");
        overheard.hear(life.sealway().verify(Selection.ALL));
        overheard.failure(() -> life.contract());
        badValuesOfAnApplication(database, life.sealway());
        for (Verb verb : Verb.values()) {
            if (verb == Verb.PURGE) {
                overheard.failure(() -> life.sealway().preview(verb, Selection.ALL));
            } else {
                overheard.hear(life.sealway().preview(verb, Selection.ALL));
            }
        }
        overheard.hear(life.sealway().estimate(Selection.ALL));
        nobodyHeard(database, life);
    }

    private void badValuesOfAnApplication(TestDatabase database, Sealway sealway) throws SQLException {
        SealedField note = sealway.column("people.note");
        SealedField scan = sealway.column("people.scan");
        SealedField phone = sealway.column("people.phone");
        overheard.hear(note);
        List.<Runnable>of(
                        () -> note.open("CNRY-7f3e, and much more that is not sealed at all".getBytes(UTF_8)),
                        () -> note.open(new byte[0]),
                        () -> note.searchToken("CNRY-7f3e"),
                        () -> note.seal("CNRY-7f3e \uD83D"),
                        () -> note.seal("CNRY-7f3e \0"),
                        () -> scan.seal("CNRY-7f3e"),
                        () -> scan.seal("\\xCNRY-7f3e"),
                        () -> scan.seal("\\x123"),
                        () -> scan.seal(""),
                        () -> phone.searchToken("CNRY-7f3e"))
                .forEach(overheard::failure);
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT note_encrypted FROM people WHERE id = 3")) {
            assertThat(row.next()).isTrue();
            byte[] moved = row.getBytes(1);
            overheard.failure(() -> note.open(moved));
        }
    }

    @Test
    @DisplayName("T80 a table that somebody else holds")
    void keepsQuietAboutWhatOthersRun(TestDatabase database) throws SQLException {
        Life life = Life.of(database, TABLES);
        Patience once = new Patience(2, Duration.ofMillis(1), Duration.ofMillis(1), () -> 0);
        Workflow impatient = new Workflow(new Means(
                life.sealway().plan(),
                Database.of(database.dataSource()),
                () -> {
                    throw new AssertionError("no key is needed");
                },
                (kind, keyset) -> {
                    throw new AssertionError("no cipher is needed");
                },
                new WrappedStreams(new RemoteKey()),
                Wiring.settings(Progress.NONE, 10),
                new ShortLock(once, Duration.ofMillis(100))));
        life.toVerified();
        try (var holder = database.connect();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT 'CNRY-7f3e' FROM people FOR UPDATE");
            SealwayException refused = overheard.failure(() -> impatient.rollback(Selection.ALL));
            assertThat(refused.getMessage()).contains("held by pid", "idle in transaction");
        }
        nobodyHeard(database, life);
    }

    @Test
    @DisplayName("T81 keys that are broken, missing or another database's")
    void keepsQuietAboutKeys(TestDatabase database) throws SQLException {
        Life life = Life.of(database, TABLES).toVerified();
        String own = String.valueOf(life.environment().get("SEALWAY_KEYS"));
        String other = Life.freshKeys();
        String material = material(own).get(0);
        for (String bundle : List.of(
                other,
                own.substring(0, own.length() / 2),
                own.replace(material, "!" + material.substring(1)),
                own.replace(material, material.substring(8)),
                own.replace("\"value\"", "\"valu\""),
                own.replace("{", "["),
                material)) {
            overheard.failure(() -> life.sealway(Map.of("SEALWAY_KEYS", bundle)).backfill(Selection.ALL));
        }
        overheard.hear(life.sealway().verify(Selection.ALL));
        nobodyHeard(database, life);
        material(other).forEach(m -> assertThat(overheard.quoting(m)).isEmpty());
    }

    @Test
    @DisplayName("T83 a driver that writes values into statement texts")
    void refusesTheSimpleProtocol(TestDatabase database) {
        var simple = new org.postgresql.ds.PGSimpleDataSource();
        simple.setURL(database.jdbcUrl() + "&preferQueryMode=simple");
        Life life = Life.of(database, TABLES).through(simple);
        assertThat(overheard.failure(life::expand))
                .hasMessageContaining("preferQueryMode=simple")
                .returns(SealwayException.Outcome.REFUSED, SealwayException::outcome);
    }

    private void nobodyHeard(TestDatabase database, Life life) throws SQLException {
        life.told().forEach(overheard::hear);
        overheard.hear(life.sealway());
        overheard.hear(life.sealway().status(Selection.ALL));
        overheard.hearLedger(database);
        assertThat(overheard.quoting(CANARY)).isEmpty();
        List<String> material = material(String.valueOf(life.environment().get("SEALWAY_KEYS")));
        assertThat(material).hasSizeGreaterThanOrEqualTo(5);
        material.forEach(m -> assertThat(overheard.quoting(m)).isEmpty());
        assertThat(overheard.quoting("people")).isNotEmpty();
    }

    /** The base64 of each key in a bundle, less the first bytes, which only say how long it is. */
    private static List<String> material(String bundle) {
        return Pattern.compile("\\\\?\"value\\\\?\"\\s*:\\s*\\\\?\"([A-Za-z0-9+/=]{16,})")
                .matcher(bundle)
                .results()
                .map(found -> found.group(1).substring(6))
                .toList();
    }
}
