package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The views that give applications the old shape. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class ViewsTest {

    private static final String TABLES = """
            tables:
              public.users:
                columns:
                  email: { search: { normalizer: email, accept-leakage: "few rows" } }
                  "Name": {}
            """;

    private static Life life(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, email text, age int, \"Name\" text NOT NULL, note text)",
                "INSERT INTO users SELECT g, 'a' || g || '@b.c', g, 'N' || g, 'x' FROM generate_series(1, 30) g");
        return Life.of(database, TABLES).toVerified();
    }

    @Test
    void keepsNamesAndOrderThroughTheDropAndAfterIt(TestDatabase database) throws SQLException {
        Life life = life(database);
        life.sealway().views(Selection.ALL);
        assertThat(columns(database)).isEqualTo("id,email,age,Name,note,email_search");
        assertThat(database.value(
                        "SELECT s.email = u.email_encrypted FROM users_sealed s JOIN users u USING (id) LIMIT 1"))
                .isEqualTo("t");
        life.rehearse().contract();
        assertThat(columns(database)).isEqualTo("id,email,age,Name,note,email_search");
        life.sealway().views(Selection.ALL);
        assertThat(columns(database)).isEqualTo("id,email,age,Name,note,email_search");
    }

    @Test
    void canBeWrittenThrough(TestDatabase database) throws SQLException {
        Life life = life(database);
        life.sealway().views(Selection.ALL);
        var name = life.sealway().column("users.Name");
        life.rehearse().contract();
        try (var connection = database.connect();
                var update = connection.prepareStatement("UPDATE users_sealed SET \"Name\" = ? WHERE id = 3");
                var insert = connection.prepareStatement(
                        "INSERT INTO users_sealed (id, age, \"Name\", note) VALUES (77, 1, ?, 'y')");
                var select = connection.prepareStatement("SELECT \"Name\" FROM users_sealed WHERE id IN (3, 77)")) {
            update.setBytes(1, name.seal("Ada"));
            assertThat(update.executeUpdate()).isEqualTo(1);
            insert.setBytes(1, name.seal("Ada"));
            assertThat(insert.executeUpdate()).isEqualTo(1);
            try (var rows = select.executeQuery()) {
                for (int row = 0; row < 2; row++) {
                    assertThat(rows.next()).isTrue();
                    assertThat(name.open(rows.getBytes(1))).isEqualTo("Ada");
                }
            }
        }
    }

    @Test
    void copiesGrantsAndKeepsThoseThatTheViewWasGiven(TestDatabase database) throws SQLException {
        String reader = database.name() + "_reader";
        String writer = database.name() + "_writer";
        database.execute("CREATE ROLE " + reader, "CREATE ROLE " + writer);
        try {
            Life life = life(database);
            database.execute("GRANT SELECT ON users TO " + reader + " WITH GRANT OPTION");
            life.sealway().views(Selection.ALL);
            database.execute("GRANT UPDATE ON users_sealed TO " + writer);
            life.sealway().views(Selection.ALL);
            assertThat(database.value("SELECT string_agg(grantee || ' ' || privilege_type || ' ' || is_grantable, ','"
                            + " ORDER BY grantee) FROM information_schema.role_table_grants"
                            + " WHERE table_name = 'users_sealed' AND grantee LIKE '%er'"))
                    .isEqualTo(reader + " SELECT YES," + writer + " UPDATE NO");
            if (Integer.parseInt(database.value("SHOW server_version_num")) >= 150000) {
                assertThat(database.value("SELECT reloptions::text FROM pg_class WHERE relname = 'users_sealed'"))
                        .isEqualTo("{security_invoker=true}");
            }
        } finally {
            database.execute("DROP OWNED BY " + reader, "DROP OWNED BY " + writer);
            database.execute("DROP ROLE " + reader, "DROP ROLE " + writer);
        }
    }

    @Test
    void refusesANameThatIsTaken(TestDatabase database) throws SQLException {
        Life life = life(database);
        database.execute("CREATE VIEW users_sealed AS SELECT 1 AS mine");
        assertThatThrownBy(() -> life.sealway().views(Selection.ALL))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("public.users_sealed exists already and is not a view of Sealway's");
        assertThat(columns(database)).isEqualTo("mine");
    }

    @Test
    void runsAgainUnderAViewOfSomebodyElse(TestDatabase database) throws SQLException {
        Life life = life(database);
        life.sealway().views(Selection.ALL);
        database.execute("CREATE VIEW names AS SELECT id, \"Name\" FROM users_sealed");
        life.sealway().views(Selection.ALL);
        assertThat(database.value("SELECT count(*) FROM names")).isEqualTo("30");
        assertThatThrownBy(() -> life.sealway().rollback(Selection.ALL))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("view public.users_sealed cannot be taken back");
        assertThat(database.value("SELECT count(*) FROM names")).isEqualTo("30");
    }

    private static String columns(TestDatabase database) throws SQLException {
        return database.value("SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute"
                + " WHERE attrelid = 'users_sealed'::regclass AND attnum > 0 AND NOT attisdropped");
    }
}
