package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.OwnServer;
import dev.sealway.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the roles that {@code sealway doctor --grants} makes can do, and cannot. */
@Tag("slow")
class LeastPrivilegeTest {

    private static final String DENIED = "permission denied";
    private static final String PLAN = """
            tables:
              public.users:
                columns:
                  email: { search: { normalizer: email, accept-leakage: "few rows" } }
            """;

    @TempDir
    private Path directory;

    private OwnServer server;
    private TestDatabase database;
    private Life life;

    @BeforeEach
    void makeTheRoles() throws Exception {
        server = OwnServer.start(directory, Map.of());
        database = server.database();
        database.execute(
                "CREATE ROLE app LOGIN",
                "CREATE ROLE owner_of_users NOLOGIN",
                "GRANT CREATE ON SCHEMA public TO owner_of_users",
                "CREATE TABLE users (id int PRIMARY KEY, email text)",
                "ALTER TABLE users OWNER TO owner_of_users",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON users TO app",
                "INSERT INTO users SELECT g, 'a' || g || '@example.com' FROM generate_series(1, 50) g");
        life = Life.of(database, PLAN).expand();
        for (String grant : life.sealway().grants(Selection.ALL)) {
            database.execute(grant);
        }
        life.sealway().backfill(Selection.ALL);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void letsTheWorkerWriteCiphertextsAndNoPlaintext() throws Exception {
        as("sealway_worker", "SELECT id, email, xmin, email_encrypted FROM users FOR NO KEY UPDATE SKIP LOCKED");
        as("sealway_worker", "UPDATE users SET email_encrypted = email_encrypted WHERE id = 1");
        for (String denied : List.of(
                "UPDATE users SET email = 'x' WHERE id = 1",
                "INSERT INTO users VALUES (99, 'x')",
                "DELETE FROM users",
                "ALTER TABLE users DROP COLUMN email",
                "UPDATE sealway.audit SET event = 'x'",
                "DELETE FROM sealway.audit",
                "TRUNCATE sealway.audit")) {
            assertThatThrownBy(() -> as("sealway_worker", denied))
                    .as(denied)
                    .isInstanceOf(SQLException.class)
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void letsTheAuditorReadAndAppendNothingElse() throws Exception {
        as("sealway_audit", "SELECT count(*) FROM sealway.audit");
        for (String denied : List.of(
                "SELECT count(*) FROM users",
                "SELECT count(*) FROM sealway.keyring",
                "DELETE FROM sealway.audit",
                "UPDATE sealway.audit SET event = 'x'")) {
            assertThatThrownBy(() -> as("sealway_audit", denied)).as(denied).hasMessageContaining(DENIED);
        }
    }

    @Test
    void letsTheOwnersMemberDoEveryPhase() throws Exception {
        database.execute("ALTER ROLE sealway_ddl LOGIN");
        as("sealway_ddl", "ALTER TABLE users ALTER email SET STATISTICS 10");
        assertThatThrownBy(() -> as("sealway_ddl", "CREATE ROLE another")).hasMessageContaining(DENIED);
    }

    @Test
    void keepsRowsTrueForAnApplicationWithoutRightsOnTheLedger() throws Exception {
        assertThatThrownBy(() -> as("app", "SELECT count(*) FROM sealway.run")).hasMessageContaining(DENIED);
        as("app", "UPDATE users SET email = 'new@example.com' WHERE id = 7");
        assertThat(database.value("SELECT email_encrypted IS NULL FROM users WHERE id = 7"))
                .isEqualTo("t");
    }

    private void as(String role, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE %s".formatted(role));
            statement.execute(sql);
        }
    }
}
