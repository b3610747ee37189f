package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sealway.ledger.ColumnPhase;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.SiblingDatabase;
import dev.sealway.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is sealed stays sealed to its column, whatever the column, its table or its database are called next. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class NamesThatMoveTest {

    private static final String TABLES = """
            tables:
              app.users:
                columns:
                  email: { search: { normalizer: email, unique: carry } }
                  name: {}
            """;

    @BeforeEach
    void createsUsers(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE SCHEMA app",
                "CREATE TABLE app.users (gone int, id int PRIMARY KEY, email text NOT NULL UNIQUE, name text)",
                "ALTER TABLE app.users DROP COLUMN gone",
                "INSERT INTO app.users SELECT g, 'User' || g || '@example.org', 'Name ' || g FROM generate_series(1, 200) g");
    }

    @Test
    @DisplayName("T24 renamed table, column and schema")
    void followsNewNames(TestDatabase database) throws SQLException {
        Life life = Life.of(database, TABLES).toVerified();
        database.execute(
                "ALTER TABLE app.users RENAME TO people",
                "ALTER TABLE app.people RENAME COLUMN email TO mail",
                "ALTER SCHEMA app RENAME TO crm");
        life.replan("""
                tables:
                  crm.people:
                    columns:
                      mail: { search: { normalizer: email, unique: carry } }
                      name: {}
                """).toVerified();
        assertThat(life.told()).anyMatch(t -> t.contains("column crm.people.email is now called mail"));
        var mail = life.sealway().column("crm.people.mail");
        byte[] found = foundBy(database.dataSource(), mail.searchToken("user77@example.org"));
        assertThat(mail.open(found)).isEqualTo("User77@example.org");
        life.sealway().rollback(Selection.ALL);
        assertThat(columns(database.dataSource(), "crm.people")).isEqualTo("id,mail,name");
    }

    private static byte[] foundBy(DataSource database, byte[] token) throws SQLException {
        try (var connection = database.getConnection();
                var select =
                        connection.prepareStatement("SELECT email_encrypted FROM crm.people WHERE email_search = ?")) {
            select.setBytes(1, token);
            try (var row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getBytes(1);
            }
        }
    }

    @Test
    @DisplayName("T24 copied into another database, where oids are the same and mean something else")
    void goesOnInACopy(TestDatabase database) throws SQLException {
        Life life = Life.of(database, TABLES).toVerified();
        try (SiblingDatabase copy = SiblingDatabase.create(database, "TEMPLATE %s".formatted(database.name()))) {
            goesOn(life.through(copy), copy);
        }
    }

    @Test
    @DisplayName("T24 made again from its definitions and rows, where oids and column numbers are others")
    void goesOnInARestoredTable(TestDatabase database) throws SQLException {
        Life life = Life.of(database, TABLES).toVerified();
        try (SiblingDatabase copy = SiblingDatabase.create(database, "TEMPLATE %s".formatted(database.name()))) {
            restoreByHand(database, copy);
            goesOn(life.through(copy), copy);
        }
    }

    @Test
    @DisplayName("T24 dumped and restored")
    void goesOnAfterDumpAndRestore(TestDatabase database) throws Exception {
        int server = Integer.parseInt(String.valueOf(database.value("SHOW server_version_num"))) / 10_000;
        Optional<Path> programs = dumpPrograms(server);
        assumeTrue(programs.isPresent(), "no pg_dump of PostgreSQL %d or newer on this machine".formatted(server));
        Life life = Life.of(database, TABLES).toVerified();
        Path file = Files.createTempFile("sealway", ".sql");
        try (SiblingDatabase copy = SiblingDatabase.create(database, "TEMPLATE template0")) {
            String url = database.jdbcUrl().substring("jdbc:".length());
            run(programs.get().resolve("pg_dump").toString(), "--file", file.toString(), url);
            run(
                    programs.get().resolve("psql").toString(),
                    "--quiet",
                    "--set=ON_ERROR_STOP=1",
                    "--file",
                    file.toString(),
                    url.replace("/%s?".formatted(database.name()), "/%s?".formatted(copy.getDatabaseName())));
            goesOn(life.through(copy), copy);
        } finally {
            Files.delete(file);
        }
    }

    private static void goesOn(Life life, DataSource copy) throws SQLException {
        assertThat(life.sealway().status(Selection.ALL).columns())
                .allMatch(c -> c.phase().equals(Optional.of(ColumnPhase.VERIFIED)));
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
        assertThat(life.told()).anyMatch(t -> t.contains("table app.users is bound again by its name"));
        life.sealway().rollback(Selection.ALL);
        assertThat(columns(copy, "app.users")).isEqualTo("id,email,name");
        life.toContracted();
    }

    /** In place of a dump: makes the table anew, so that it loses its oid and the gap in its column numbers. */
    private static void restoreByHand(TestDatabase original, SiblingDatabase copy) throws SQLException {
        List<String> after = original.rows("""
                        SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'app.users'::regclass
                         UNION ALL
                        SELECT format('ALTER TABLE app.users ADD CONSTRAINT %I %s USING INDEX %I', conname,
                                      CASE contype WHEN 'p' THEN 'PRIMARY KEY' ELSE 'UNIQUE' END, conname)
                          FROM pg_constraint WHERE conrelid = 'app.users'::regclass AND contype IN ('p', 'u')
                         UNION ALL
                        SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'app.users'::regclass
                         UNION ALL
                        SELECT format('ALTER TABLE app.users ENABLE ALWAYS TRIGGER %I', tgname) FROM pg_trigger
                         WHERE tgrelid = 'app.users'::regclass""").stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
        copy.execute(
                "ALTER TABLE app.users RENAME TO former",
                "CREATE TABLE app.users (LIKE app.former INCLUDING CONSTRAINTS INCLUDING STORAGE INCLUDING COMMENTS)",
                "INSERT INTO app.users SELECT * FROM app.former",
                "DROP TABLE app.former");
        copy.execute(after.toArray(String[]::new));
    }

    private static String columns(DataSource database, String table) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("""
                        SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute
                         WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped""")) {
            select.setString(1, table);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /** The directory of a pg_dump that is at least as new as the server. */
    private static Optional<Path> dumpPrograms(int server) {
        File[] installed = new File("/usr/lib/postgresql").listFiles();
        return installed == null
                ? Optional.empty()
                : List.of(installed).stream()
                        .filter(d -> d.getName().matches("[0-9]+") && Integer.parseInt(d.getName()) >= server)
                        .map(d -> d.toPath().resolve("bin"))
                        .filter(d -> Files.isExecutable(d.resolve("pg_dump")) && Files.isExecutable(d.resolve("psql")))
                        .min(Comparator.naturalOrder());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
