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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of UNIQUE and NOT NULL when the plaintext goes. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class UniquenessTest {

    private static final String TABLES = """
            tables:
              public.users:
                columns:
                  email: { search: { normalizer: email, unique: carry, accept-leakage: "few rows" } }
            """;

    private static Life life(TestDatabase database, String... ddl) throws SQLException {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, tenant int, email text, active boolean DEFAULT true)",
                "INSERT INTO users SELECT g, g % 3, 'a' || g || '@b.c' FROM generate_series(1, 50) g");
        database.execute(ddl);
        return Life.of(database, TABLES);
    }

    private static List<String> definitions(TestDatabase database) throws SQLException {
        return database
                .rows("SELECT pg_get_indexdef(indexrelid) || coalesce(' ' || (SELECT pg_get_constraintdef(c.oid)"
                        + " FROM pg_constraint c WHERE conindid = indexrelid), '') FROM pg_index"
                        + " WHERE indrelid = 'users'::regclass AND indisunique AND NOT indisprimary ORDER BY 1")
                .stream()
                .map(row -> String.valueOf(row.get(0)).replaceFirst("CREATE UNIQUE INDEX (.*) ON .* USING btree", "$1"))
                .toList();
    }

    @Test
    void carriesEveryKindOfUniqueness(TestDatabase database) throws SQLException {
        life(
                        database,
                        "ALTER TABLE users ADD CONSTRAINT a UNIQUE (tenant, email) DEFERRABLE INITIALLY DEFERRED",
                        "ALTER TABLE users ADD CONSTRAINT b UNIQUE (email) INCLUDE (active)",
                        "CREATE UNIQUE INDEX c ON users (email, tenant) WHERE active",
                        "CREATE UNIQUE INDEX d ON users (email) WHERE email IS NOT NULL",
                        "ALTER TABLE users ALTER COLUMN email SET NOT NULL")
                .toContracted();
        assertThat(definitions(database))
                .containsExactly(
                        "a_sealed (tenant, email_search) UNIQUE (tenant, email_search) DEFERRABLE INITIALLY DEFERRED",
                        "b_sealed (email_search) INCLUDE (active) UNIQUE (email_search) INCLUDE (active)",
                        "c_sealed (email_search, tenant) WHERE active",
                        "d_sealed (email_search) WHERE (email_search IS NOT NULL)");
        assertThat(database.value("SELECT attnotnull FROM pg_attribute WHERE attname = 'email_encrypted'"
                        + " AND attrelid = 'users'::regclass"))
                .isEqualTo("t");
    }

    @Test
    void carriesNullsNotDistinctAndNeverRefusesADirtyRow(TestDatabase database) throws SQLException {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Integer.parseInt(database.value("SHOW server_version_num")) >= 150000);
        Life life = life(
                        database,
                        "ALTER TABLE users ADD CONSTRAINT a UNIQUE NULLS NOT DISTINCT (email)",
                        "INSERT INTO users (id) VALUES (77)")
                .toVerified();
        database.execute("UPDATE users SET email = 'x' || email WHERE id < 4");
        life.rehearse().contract();
        assertThat(definitions(database))
                .containsExactly("a_sealed (email_search) NULLS NOT DISTINCT UNIQUE NULLS NOT DISTINCT (email_search)");
        assertThatThrownBy(() -> database.execute("INSERT INTO users (id) VALUES (78)"))
                .hasMessageContaining("a_sealed");
    }

    @Test
    @DisplayName(
            "T12 a value that an encrypted-only writer entered twice is reported with its row, and does no further harm")
    void reportsTheUniqueHole(TestDatabase database) throws SQLException {
        Life life = life(database, "ALTER TABLE users ADD UNIQUE (email)").toVerified();
        var email = life.sealway().column("users.email");
        try (var connection = database.connect();
                var insert = connection.prepareStatement(
                        "INSERT INTO users (id, email_encrypted, email_search) VALUES (88, ?, ?)")) {
            insert.setBytes(1, email.seal("twice@b.c"));
            insert.setBytes(2, email.searchToken("twice@b.c"));
            insert.executeUpdate();
        }
        database.execute(
                "UPDATE users SET email = 'twice@b.c' WHERE id = 5", "UPDATE users SET email = 'z' WHERE id = 6");
        var report = life.sealway().backfill(Selection.ALL);
        assertThat(report.passed()).isFalse();
        assertThat(report.tables().get(0).failures()).hasSize(1);
        assertThat(report.tables().get(0).failures().get(0).words())
                .contains("(5)")
                .doesNotContain("twice@");
        assertThat(database.value("SELECT email_encrypted IS NOT NULL FROM users WHERE id = 6"))
                .isEqualTo("t");
        assertThatThrownBy(() -> life.contract()).isInstanceOf(SealwayException.class);
        database.execute("DELETE FROM users WHERE id = 88");
        life.toContracted();
    }

    @Test
    @DisplayName("T14 child inserts during a catch-up neither wait nor keep rows from being sealed")
    void letsChildrenBeInserted(TestDatabase database) throws SQLException {
        Life life = life(
                        database,
                        "ALTER TABLE users ADD UNIQUE (email)",
                        "CREATE TABLE child (user_id int REFERENCES users)")
                .toVerified();
        database.execute("UPDATE users SET email = 'new' || id");
        try (var child = database.connect();
                var statement = child.createStatement()) {
            child.setAutoCommit(false);
            statement.execute("INSERT INTO child SELECT id FROM users");
            assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
            assertThat(database.value("SELECT count(email_encrypted) FROM users"))
                    .isEqualTo("50");
            statement.execute("SET lock_timeout = '200ms'");
            statement.execute("INSERT INTO child SELECT id FROM users");
            child.commit();
        }
    }

    @Test
    @DisplayName("T44 duplicates under the normaliser are refused with their row keys before any index is built")
    void refusesDuplicatesUnderTheNormalizer(TestDatabase database) throws SQLException {
        Life life =
                life(database, "ALTER TABLE users ADD UNIQUE (tenant, email)").expand();
        database.execute("UPDATE users SET email = ' A7@b.c', tenant = 1 WHERE id = 9");
        assertThatThrownBy(() -> life.sealway().backfill(Selection.ALL))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("Rows by key: 7 = 9.")
                .satisfies(e -> assertThat(e.getMessage().toLowerCase(java.util.Locale.ROOT))
                        .doesNotContain("a7@"));
        assertThat(database.value(
                        "SELECT count(*) FROM pg_index WHERE indrelid = 'users'::regclass AND NOT indisvalid"))
                .isEqualTo("0");
        database.execute("UPDATE users SET tenant = 2 WHERE id = 9");
        life.toContracted();
    }

    @Test
    @DisplayName("T45 an invalid index that a killed build left behind is replaced")
    void replacesAnInvalidIndex(TestDatabase database) throws SQLException {
        Life life = life(database, "ALTER TABLE users ADD CONSTRAINT k UNIQUE (email)")
                .expand();
        database.execute("UPDATE users SET email_search = 'x' WHERE id < 3");
        assertThatThrownBy(() -> database.execute("CREATE UNIQUE INDEX CONCURRENTLY k_search ON users (email_search)"))
                .isInstanceOf(SQLException.class);
        database.execute("UPDATE users SET email_search = NULL");
        assertThat(database.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'k_search'::regclass"))
                .isEqualTo("f");
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        assertThat(database.value("SELECT indisvalid || pg_get_indexdef(indexrelid) FROM pg_index"
                        + " WHERE indexrelid = 'k_search'::regclass"))
                .startsWith("true")
                .contains("(email_search) WHERE (email_search IS NOT NULL)");
    }

    @Test
    void refusesAnIndexNameThatIsTaken(TestDatabase database) throws SQLException {
        Life life = life(
                        database,
                        "CREATE TABLE other (a int)",
                        "CREATE INDEX k_search ON other (a)",
                        "ALTER TABLE users ADD CONSTRAINT k UNIQUE (email)")
                .expand();
        assertThatThrownBy(() -> life.sealway().backfill(Selection.ALL))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("needs an index named k_search");
    }
}
