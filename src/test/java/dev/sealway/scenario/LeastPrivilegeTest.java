package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.Sealway;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.OwnServer;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.SealedField;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

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
                "CREATE ROLE owner_of_users LOGIN",
                "GRANT CREATE ON SCHEMA public TO owner_of_users",
                "GRANT CREATE ON DATABASE %s TO owner_of_users".formatted(database.name()),
                "CREATE TABLE users (id int PRIMARY KEY, email text)",
                "ALTER TABLE users OWNER TO owner_of_users",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON users TO app",
                "INSERT INTO users SELECT g, 'a' || g || '@example.com' FROM generate_series(1, 50) g");
        life = Life.of(database, PLAN).through(login("owner_of_users")).expand();
        for (String grant : life.sealway().grants(Selection.ALL)) {
            database.execute(grant);
        }
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
        var before = database.rows("SELECT id, email FROM users ORDER BY id");

        life.through(login("sealway_ddl")).toVerified();
        life.sealway().views(Selection.ALL);
        life.sealway().cutOver(Selection.ALL, Duration.ZERO);
        life.toContracted();
        life.sealway().rollback(Selection.ALL);

        assertThat(database.rows("SELECT id, email FROM users ORDER BY id")).isEqualTo(before);
        assertThatThrownBy(() -> as("sealway_ddl", "CREATE ROLE another")).hasMessageContaining(DENIED);
    }

    @Test
    @DisplayName(
            "An application opens, seals and looks up with the rights that the page on the ledger gives it, and no others")
    void letsAnApplicationUseTheLibrary() throws Exception {
        Matcher grants =
                Pattern.compile("GRANT [^;]* TO app;").matcher(Files.readString(Path.of("docs/reference/ledger.md")));
        while (grants.find()) {
            database.execute(grants.group());
        }
        life.toVerified();
        useTheLibrary();
        life.toContracted();
        useTheLibrary();
        assertThatThrownBy(() -> as("app", "SELECT FROM sealway.run")).hasMessageContaining(DENIED);
        assertThatThrownBy(() -> as("app", "DELETE FROM sealway.keyring")).hasMessageContaining(DENIED);
    }

    /** As an application that has just started. */
    private void useTheLibrary() throws SQLException {
        SealedField email = Sealway.plan(life.plan())
                .environment(life.environment())
                .on(login("app"))
                .column("users.email");
        try (var connection = login("app").getConnection();
                var found = connection.prepareStatement("SELECT email_encrypted FROM users WHERE email_search = ?")) {
            found.setBytes(1, email.searchToken("a7@example.com"));
            var row = found.executeQuery();
            assertThat(row.next()).isTrue();
            assertThat(email.open(row.getBytes(1))).isEqualTo("a7@example.com");
        }
        assertThat(email.open(email.seal("new@example.com"))).isEqualTo("new@example.com");
    }

    @Test
    void keepsRowsTrueForAnApplicationWithoutRightsOnTheLedger() throws Exception {
        assertThatThrownBy(() -> as("app", "SELECT count(*) FROM sealway.run")).hasMessageContaining(DENIED);
        as("app", "UPDATE users SET email = 'new@example.com' WHERE id = 7");
        assertThat(database.value("SELECT email_encrypted IS NULL FROM users WHERE id = 7"))
                .isEqualTo("t");
    }

    private DataSource login(String role) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(database.bareJdbcUrl());
        source.setUser(role);
        return source;
    }

    private void as(String role, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE %s".formatted(role));
            statement.execute(sql);
        }
    }
}
