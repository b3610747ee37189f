package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.Overheard;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Failures of which the server quotes the value in the context of a statement, not only in its message. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class QuotedContextTest {

    private static final String CANARY = "CNRY-9a41";
    private static final String TABLES = "tables: { public.people: { columns: { note: {} } } }";

    private final Overheard overheard = new Overheard();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @BeforeEach
    void createsPeople(TestDatabase database) throws SQLException {
        PrintStream caught = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(caught);
        System.setErr(caught);
        database.execute(
                "CREATE TABLE people (id int PRIMARY KEY, note text)",
                "CREATE TABLE history (id int PRIMARY KEY, note text)",
                "INSERT INTO history VALUES (1, '')",
                "INSERT INTO people SELECT g, 'CNRY-9a41 note ' || g FROM generate_series(1, 20) g");
    }

    @AfterEach
    void stopsListening() {
        System.setOut(out);
        System.setErr(err);
        overheard.close();
    }

    @Test
    @DisplayName("T80 a lock timeout whose context quotes the statement of a trigger")
    void keepsQuietAboutTheContextOfALockTimeout(TestDatabase database) throws SQLException {
        Life life = Life.of(database, TABLES).expand();
        trigger(database, "EXECUTE format('UPDATE history SET note = %L WHERE id = 1', NEW.note);");
        try (Connection holder = database.connect();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT 1 FROM history FOR UPDATE");
            database.execute("ALTER FUNCTION keep() SET lock_timeout = '20ms'");
            assertThat(overheard.failure(() -> life.sealway().backfill(Selection.ALL)))
                    .isNotNull();
        }
        nobodyHeard(database, life);
    }

    @Test
    @DisplayName("T80 a deadlock, a serialisation failure and a lack of memory, each with a value in its message")
    void keepsQuietAboutWhatMayPass(TestDatabase database) throws SQLException {
        Life life = Life.of(database, TABLES).expand();
        for (String state : List.of("40P01", "40001", "53200", "57014")) {
            trigger(
                    database,
                    "RAISE EXCEPTION USING ERRCODE = '%s', MESSAGE = NEW.note, DETAIL = NEW.note, HINT = NEW.note;"
                            .formatted(state));
            overheard.failure(() -> life.sealway().backfill(Selection.ALL));
        }
        nobodyHeard(database, life);
    }

    @Test
    @DisplayName("T80 a COPY that fails on a value")
    void keepsQuietAboutAFailedCopy(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TYPE mood AS ENUM ('CNRY-9a41 glad')",
                """
                CREATE FUNCTION mood_text(mood) RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog AS $$ BEGIN
                  IF to_regclass('public.provoke') IS NOT NULL THEN
                    RAISE EXCEPTION 'bad mood %', enum_out($1);
                  END IF;
                  RETURN enum_out($1)::text;
                END $$""",
                "CREATE CAST (mood AS text) WITH FUNCTION mood_text(mood)",
                "ALTER TABLE people ADD mood mood DEFAULT 'CNRY-9a41 glad'");
        Life life = Life.of(database, "tables: { public.people: { columns: { mood: {} } } }")
                .expand();
        database.execute("CREATE TABLE provoke ()");
        overheard.failure(() -> life.sealway().backup(Selection.ALL, directory.resolve("backups")));
        overheard.failure(() -> life.sealway().backfill(Selection.ALL));
        nobodyHeard(database, life);
    }

    private static void trigger(TestDatabase database, String body) throws SQLException {
        database.execute(
                "CREATE OR REPLACE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN %s RETURN NEW; END $$"
                        .formatted(body),
                "CREATE OR REPLACE TRIGGER keep BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION keep()");
    }

    private void nobodyHeard(TestDatabase database, Life life) throws SQLException {
        life.told().forEach(overheard::hear);
        overheard.hear(life.sealway().status(Selection.ALL));
        overheard.hearLedger(database);
        overheard.hear(printed.toString(StandardCharsets.UTF_8));
        assertThat(overheard.quoting(CANARY)).isEmpty();
        assertThat(overheard.quoting("people")).isNotEmpty();
    }
}
