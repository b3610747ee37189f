package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;

/** Whatever way a plaintext changes, its ciphertext does not outlive it. */
@ExtendWith(PostgresExtension.class)
class GuardTest {

    private static final String TABLES = """
            tables:
              public.notes:
                columns:
                  title: { search: { normalizer: exact, accept-leakage: "few rows" } }
            """;

    private static Life life(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE notes (id int PRIMARY KEY, title text, seen int)",
                "INSERT INTO notes SELECT g, 't' || g FROM generate_series(1, 20) g");
        return Life.of(database, TABLES);
    }

    private static String dirty(TestDatabase database) throws SQLException {
        return database.value("SELECT coalesce(string_agg(id::text, ',' ORDER BY id), '') FROM notes"
                + " WHERE title IS NOT NULL AND title_encrypted IS NULL AND title_search IS NULL");
    }

    private static void catchUp(Life life) {
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
    }

    @Test
    @DisplayName("T06 a trigger that fires after the guard is refused before anything is added")
    void refusesALaterTrigger(TestDatabase database) throws SQLException {
        Life life = life(database);
        database.execute(
                "CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.title := lower(NEW.title); RETURN NEW; END'",
                "CREATE TRIGGER \"~~x\" BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION late()");
        assertThatThrownBy(life::expand).isInstanceOf(SealwayException.class);
        assertThat(database.value("SELECT count(*) FROM information_schema.columns WHERE table_name = 'notes'"))
                .isEqualTo("3");
        database.execute("ALTER TRIGGER \"~~x\" ON notes RENAME TO x");
        life.toVerified();
    }

    @Test
    @DisplayName(
            "T05 a trigger that changes a plaintext while its ciphertext moves to another key leaves nothing stale")
    void keepsOneCopyWhereATriggerChangesThePlaintextUnderARewrap(TestDatabase database) throws SQLException {
        Life life = life(database).toVerified();
        String rewrap = "BEGIN; SET LOCAL sealway.mode = 'rewrap'; UPDATE notes SET title_encrypted ="
                + " (SELECT title_encrypted FROM notes WHERE id = 2) WHERE id = %d; COMMIT";
        String trigger = "CREATE TRIGGER x BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION cry()";
        String function =
                "CREATE FUNCTION cry() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.title := NEW.title || ''!''; RETURN NEW; END'";
        database.execute(function, trigger, rewrap.formatted(1), "DROP TRIGGER x ON notes; DROP FUNCTION cry");
        assertThat(dirty(database)).isEqualTo("1");
        catchUp(life);

        life.sealway().cutOver(Selection.ALL, Duration.ZERO);
        database.execute(function, trigger, rewrap.formatted(3));
        assertThat(database.value("SELECT title IS NULL AND title_encrypted IS NOT NULL FROM notes WHERE id = 3"))
                .isEqualTo("t");
    }

    @Test
    @DisplayName("T06 an altered guard is found out by the next batch, and put back by expand")
    void findsOutAnAlteredGuard(TestDatabase database) throws SQLException {
        Life life = life(database).toVerified();
        database.execute(
                "CREATE OR REPLACE FUNCTION sealway.g_1() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "UPDATE notes SET title_encrypted = NULL WHERE id = 3");
        assertThatThrownBy(() -> life.sealway().backfill(Selection.ALL))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("the guard of public.notes is missing, altered, disabled");
        life.expand();
        assertThat(life.sealway()
                        .status(Selection.ALL)
                        .columns()
                        .get(0)
                        .phase()
                        .orElseThrow()
                        .word())
                .isEqualTo("expanded");
        life.toVerified();
    }

    @Test
    @DisplayName("T07 T09 replication roles, ON CONFLICT, MERGE and COPY make rows dirty like any writer")
    void seesEveryWayOfWriting(TestDatabase database) throws Exception {
        Life life = life(database).toVerified();
        database.execute(
                "SET session_replication_role = replica",
                "UPDATE notes SET title = 'x' WHERE id = 1",
                "RESET session_replication_role",
                "INSERT INTO notes VALUES (2, 'y'), (30, 'new') ON CONFLICT (id) DO UPDATE SET title = excluded.title");
        try (var connection = database.connect();
                var in = new java.io.StringReader("40\tcopied\t1\n")) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY notes (id, title, seen) FROM STDIN", in);
        }
        assertThat(dirty(database)).isEqualTo("1,2,30,40");
        catchUp(life);
        Assumptions.assumeTrue(Integer.parseInt(database.value("SHOW server_version_num")) >= 150000);
        database.execute(
                "MERGE INTO notes n USING (VALUES (5, 'm'), (50, 'n')) v(id, title) ON n.id = v.id"
                        + " WHEN MATCHED THEN UPDATE SET title = v.title WHEN NOT MATCHED THEN INSERT (id, title) VALUES (v.id, v.title)");
        assertThat(dirty(database)).isEqualTo("5,50");
        catchUp(life);
    }

    @Test
    @DisplayName("T10 a whole-row update with the old ciphertext makes the row dirty, a dual write is kept")
    void tellsADualWriteFromAStaleOne(TestDatabase database) throws SQLException {
        Life life = life(database).toVerified();
        var title = life.sealway().column("notes.title");
        database.execute(
                "UPDATE notes SET title = 'orm', title_encrypted = title_encrypted, title_search = title_search, seen = 1"
                        + " WHERE id = 4",
                "UPDATE notes SET title = title, seen = 2 WHERE id = 5",
                "UPDATE notes SET title = NULL WHERE id = 6");
        try (var connection = database.connect();
                var update = connection.prepareStatement(
                        "UPDATE notes SET title = 'dual', title_encrypted = ?, title_search = ? WHERE id = 7")) {
            update.setBytes(1, title.seal("dual"));
            update.setBytes(2, title.searchToken("dual"));
            update.executeUpdate();
        }
        assertThat(dirty(database)).isEqualTo("4");
        assertThat(database.value("SELECT title_encrypted IS NULL FROM notes WHERE id = 6"))
                .isEqualTo("t");
        catchUp(life);
        life.contract();
    }

    @Test
    @DisplayName(
            "T08 values that are equal and not the same bytes make a row dirty, and no update of the application fails")
    void comparesBytesRatherThanValues(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE EXTENSION citext",
                "CREATE TABLE v (id int PRIMARY KEY, c citext, n numeric, f float8, b jsonb, j json, x xml, p point)",
                "INSERT INTO v VALUES (1, 'a', 1.0, '0', '{\"a\": 1.0}', '{\"a\":1}', '<a/>', '(0,0)')");
        Life life = Life.of(
                        database, "tables:\n  public.v: { columns: { c: {}, n: {}, f: {}, b: {}, j: {}, p: {} } }\n")
                .toVerified();
        String sealed =
                "SELECT num_nonnulls(c_encrypted, n_encrypted, f_encrypted, b_encrypted, j_encrypted, p_encrypted) FROM v";
        database.execute("UPDATE v SET c = c, n = n, f = f, b = b, j = j, p = p, x = '<b/>'");
        assertThat(database.value(sealed)).isEqualTo("6");
        database.execute("UPDATE v SET n = 1.000");
        assertThat(database.value(sealed + " WHERE n_encrypted IS NULL"))
                .as("of several columns only the one that moved")
                .isEqualTo("5");
        database.execute(
                "UPDATE v SET c = 'A', n = 1.00, f = '-0', b = '{\"a\": 1.00}', j = '{\"a\": 1}', p = '(-0,0)'");
        assertThat(database.value(sealed)).isEqualTo("0");
        catchUp(life);
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT n_encrypted, f_encrypted, c_encrypted FROM v")) {
            assertThat(rows.next()).isTrue();
            assertThat(life.sealway().column("v.n").open(rows.getBytes(1))).isEqualTo("1.00");
            assertThat(life.sealway().column("v.f").open(rows.getBytes(2))).isEqualTo("-0");
            assertThat(life.sealway().column("v.c").open(rows.getBytes(3))).isEqualTo("A");
        }
    }
}
