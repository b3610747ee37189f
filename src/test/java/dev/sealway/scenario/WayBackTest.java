package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.SiblingDatabase;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way back after the drop where rows, keys of rows or the database itself are others than at the drop. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class WayBackTest {

    private static final String TABLES = """
            tables:
              public.users:
                columns:
                  email: { search: { normalizer: email, unique: carry, accept-leakage: "test" } }
                  name: {}
                dispositions:
                  "constraint name_given": drop
                  "index users_name_idx": drop
                  "statistics public.users_names": drop
                  "trigger users_named": drop
                  "function public.touch()": accept
                  "view public.names": drop
            """;

    static void createUsers(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE users (tenant int, id int, email text COLLATE \"C\" NOT NULL DEFAULT 'nobody@example.org' UNIQUE,"
                        + " name varchar(40) DEFAULT 'x', note text, PRIMARY KEY (tenant, id), CONSTRAINT name_given CHECK (name <> ''))",
                "INSERT INTO users SELECT g % 3, g, 'A' || g || '@example.org', CASE WHEN g % 7 > 0 THEN 'N ' || g END"
                        + " FROM generate_series(1, 300) g",
                "CREATE INDEX users_name_idx ON users (lower(name), tenant)",
                "CREATE STATISTICS users_names ON tenant, name FROM users",
                "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE TRIGGER users_named BEFORE UPDATE OF name ON users FOR EACH ROW EXECUTE FUNCTION touch()",
                "CREATE VIEW names AS SELECT id, name FROM users",
                "GRANT SELECT ON names TO PUBLIC",
                "GRANT SELECT (name), UPDATE (name) ON users TO PUBLIC",
                "COMMENT ON COLUMN users.name IS 'who it is'",
                "ALTER TABLE users ALTER name SET STORAGE EXTERNAL, ALTER name SET STATISTICS 77",
                "CREATE TABLE before AS SELECT * FROM users");
    }

    /** Everything about a table but the order of its columns. */
    static String shape(TestDatabase database) throws SQLException {
        return database.rows("""
                        SELECT 'column', a.attname, format('%s %s %s %s %s %s %s %s', format_type(a.atttypid, a.atttypmod), a.attnotnull,
                               a.attcollation, a.attstorage, a.attcompression, a.attstattarget, a.attacl,
                               pg_get_expr(d.adbin, d.adrelid)) || coalesce(col_description(a.attrelid, a.attnum), '')
                          FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                         WHERE a.attrelid = 'users'::regclass AND a.attnum > 0 AND NOT a.attisdropped
                        UNION ALL SELECT 'index', i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
                          FROM pg_index i WHERE i.indrelid = 'users'::regclass
                        UNION ALL SELECT 'constraint', conname, pg_get_constraintdef(oid) || convalidated
                          FROM pg_constraint WHERE conrelid = 'users'::regclass
                        UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) || CAST(tgenabled AS text) FROM pg_trigger
                         WHERE tgrelid = 'users'::regclass AND NOT tgisinternal
                        UNION ALL SELECT 'view', relname, pg_get_viewdef(oid) || relacl::text FROM pg_class
                         WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace
                        UNION ALL SELECT 'statistics', stxname, pg_get_statisticsobjdef(oid) FROM pg_statistic_ext
                         WHERE stxrelid = 'users'::regclass
                        UNION ALL SELECT 'function', proname, '' FROM pg_proc WHERE pronamespace = to_regnamespace('sealway')
                           AND proname ~ '_[0-9]+$'
                        ORDER BY 1, 2, 3""").toString();
    }

    /** Rows that are byte by byte what they were. */
    private static String same(TestDatabase database) throws SQLException {
        return database.value("SELECT count(*) FROM users u JOIN before b USING (tenant, id)"
                + " WHERE record_image_eq(ROW(u.email, u.name, u.note), ROW(b.email, b.name, b.note))");
    }

    static void write(Life life, String sql, String email) throws SQLException {
        var field = life.sealway().column("public.users.email");
        try (var connection = life.database().connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setBytes(1, field.seal(email));
            statement.setBytes(2, field.searchToken(email));
            statement.executeUpdate();
        }
    }

    @Test
    void bringsBackWhatWasWrittenAndDeletedSinceTheDrop(TestDatabase database) throws SQLException {
        createUsers(database);
        Life life = Life.of(database, TABLES).toContracted();
        write(life, "INSERT INTO users (tenant, id, email_encrypted, email_search) VALUES (9, 999, ?, ?)", "new@b.c");
        write(life, "UPDATE users SET email_encrypted = ?, email_search = ? WHERE id = 5", "other@b.c");
        database.execute("DELETE FROM users WHERE id = 6", "UPDATE users SET name_encrypted = NULL WHERE id = 8");
        life.sealway().rollback(Selection.ALL);
        assertThat(database.rows("SELECT id, email, name FROM users WHERE id IN (5, 6, 8, 999) ORDER BY id"))
                .isEqualTo(List.of(
                        List.of("5", "other@b.c", "N 5"),
                        Arrays.asList("8", "A8@example.org", null),
                        Arrays.asList("999", "new@b.c", null)));
        assertThat(same(database)).isEqualTo("297");
    }

    @Test
    void refusesAValueThatDoesNotOpenAndKeepsTheCiphertexts(TestDatabase database) throws SQLException {
        createUsers(database);
        Life life = Life.of(database, TABLES).toContracted();
        database.execute(
                "UPDATE users SET name_encrypted = set_byte(name_encrypted, 20, get_byte(name_encrypted, 20) # 1) WHERE id = 5");
        assertThatThrownBy(() -> life.sealway().rollback(Selection.ALL))
                .isInstanceOfSatisfying(
                        SealwayException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.REFUSED))
                .hasMessageContaining("2, 5");
        assertThat(database.value("SELECT count(*) FROM users WHERE email_encrypted IS NULL"))
                .isEqualTo("0");
        assertThat(life.sealway().status(Selection.ALL).columns()).hasSize(2);
        database.execute("UPDATE users SET name_encrypted = NULL WHERE id = 5");
        life.sealway().rollback(Selection.ALL);
        assertThat(same(database)).isEqualTo("299");
    }

    @Test
    void refusesAColumnThatTookTheName(TestDatabase database) throws SQLException {
        createUsers(database);
        Life life = Life.of(database, TABLES).toContracted();
        database.execute("ALTER TABLE users ADD COLUMN name text");
        assertThatThrownBy(() -> life.sealway().rollback(Selection.ALL)).hasMessageContaining("name");
    }

    @Test
    void bringsBackValuesThatAreBoundToTheirRows(TestDatabase database) throws SQLException {
        createUsers(database);
        String before = shape(database);
        Life life = Life.of(database, TABLES.replace("public.users:", "public.users:\n    bind: row"))
                .toContracted();
        life.sealway().rollback(Selection.ALL);
        assertThat(shape(database)).isEqualTo(before);
        assertThat(same(database)).isEqualTo("300");
        database.execute("UPDATE users SET id = 5000 WHERE id = 1");
    }

    @Test
    @DisplayName("T24 dumped and restored into another database, status, verify and the way back after the drop work")
    void worksInARestoredDatabase(TestDatabase database) throws SQLException {
        createUsers(database);
        Life life = Life.of(database, TABLES).toVerified();
        Selection name = new Selection(Set.of(), Set.of("name"), OptionalInt.empty());
        life.sealway()
                .contract(name, Life.terms(life.sealway().status(name).phrase().orElse("")));
        try (SiblingDatabase sibling = SiblingDatabase.create(database, "TEMPLATE " + database.name())) {
            // other oids and numbers, as a restore gives them; the guard is what a dump carries along
            sibling.execute(
                    "CREATE TABLE restored (LIKE users INCLUDING ALL)",
                    "INSERT INTO restored SELECT * FROM users",
                    "DROP TABLE users",
                    "ALTER TABLE restored RENAME TO users");
            Life restored = life.through(sibling);
            assertThat(restored.sealway().status(Selection.ALL).columns()).hasSize(2);
            restored.sealway().expand(Selection.ALL);
            restored.sealway().backfill(Selection.ALL);
            assertThat(restored.sealway().verify(Selection.ALL).passed()).isTrue();
            restored.sealway().rollback(Selection.ALL);
            try (var connection = sibling.getConnection();
                    var rows = connection
                            .createStatement()
                            .executeQuery("SELECT count(*) FROM users u JOIN before b USING (tenant, id)"
                                    + " WHERE record_image_eq(ROW(u.email, u.name), ROW(b.email, b.name))")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(300);
            }
        }
    }
}
