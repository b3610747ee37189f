package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.Sealway;
import dev.sealway.backup.BrokenBackupException;
import dev.sealway.error.SealwayException;
import dev.sealway.phase.restore.RestoreReport;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.RestoreTerms;
import dev.sealway.workflow.SealedField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The way back from an encrypted file, after ciphertexts were damaged. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class RestoreTest {

    private static final RestoreTerms PLAINLY = new RestoreTerms(false, false);
    private static final int ROWS = 1200;

    private static final String PLAN = """
            tables:
              public.users:
                bind: row
                columns:
                  email: { search: { normalizer: email, unique: carry, accept-leakage: "few rows" } }
                  name: {}
            """;

    @TempDir
    private Path directory;

    private TestDatabase database;
    private Life life;
    private Path file;

    /** Backed up, then contracted. */
    @BeforeEach
    void contractsABackedUpTable(TestDatabase fresh) throws SQLException, IOException {
        database = fresh;
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE, name text NOT NULL)",
                "INSERT INTO users SELECT g, 'a' || g || '@b.c', 'CANARY-' || g FROM generate_series(1, 1200) g");
        life = Life.of(database, PLAN);
        life.expand();
        life.sealway().backup(Selection.ALL, directory.resolve("backups"));
        try (var files = Files.list(directory.resolve("backups"))) {
            file = files.filter(f -> f.toString().endsWith(".backup"))
                    .findFirst()
                    .orElseThrow();
        }
        life.toContracted();
    }

    @Test
    @DisplayName("T72 C: damaged values come back, values of applications stay")
    void putsBackWhatDoesNotOpen() throws SQLException {
        SealedField name = life.sealway().column("users.name");
        database.execute(
                "UPDATE users SET name_encrypted = overlay(name_encrypted placing '\\xdeadbeef'::bytea from 20) WHERE id <= 700",
                "UPDATE users a SET email_encrypted = b.email_encrypted FROM users b WHERE a.id = 1 AND b.id = 2",
                "UPDATE users SET email_encrypted = NULL, email_search = NULL WHERE id = 3",
                "DELETE FROM users WHERE id = 4");
        database.execute(
                "UPDATE users SET name_encrypted = '%s' WHERE id = 5".formatted(hex(name.seal("written since", "5"))));

        RestoreReport looked = life.sealway().restore(file, new RestoreTerms(false, true));
        assertThat(opened("name")).hasSize(ROWS - 699);

        RestoreReport report = life.sealway().restore(file, PLAINLY);
        assertThat(report).isEqualTo(looked);
        assertThat(report)
                .isEqualTo(new RestoreReport(
                        report.table(),
                        List.of("email", "name"),
                        List.of(),
                        ROWS,
                        698,
                        699,
                        2 * ROWS - 699 - 1 - 2,
                        1,
                        2,
                        0));
        assertThat(opened("name"))
                .hasSize(ROWS - 1)
                .containsEntry("5", "written since")
                .containsEntry("700", "CANARY-700");
        assertThat(opened("email"))
                .hasSize(ROWS - 2)
                .containsEntry("1", "a1@b.c")
                .doesNotContainKey("3");
        assertThat(life.sealway().restore(file, PLAINLY).restored()).isZero();
        assertThat(database.value("SELECT body FROM sealway.audit WHERE event = 'rows.restored' ORDER BY seq LIMIT 1"))
                .contains("\"rows\":698")
                .doesNotContain("CANARY");
    }

    @Test
    void putsBackWhatIsMissingOnlyWhenAsked() throws SQLException {
        String token = database.value("SELECT encode(email_search, 'hex') FROM users WHERE id = 3");
        database.execute("UPDATE users SET email_encrypted = NULL, email_search = NULL WHERE id IN (3, 9)");
        assertThat(life.sealway().restore(file, PLAINLY).emptied()).isEqualTo(2);
        assertThat(opened("email")).hasSize(ROWS - 2);

        assertThat(life.sealway().restore(file, new RestoreTerms(true, false)).restored())
                .isEqualTo(2);
        assertThat(opened("email")).hasSize(ROWS).containsEntry("3", "a3@b.c");
        assertThat(database.value("SELECT encode(email_search, 'hex') FROM users WHERE id = 3"))
                .isEqualTo(token);
    }

    @Test
    @DisplayName("T73 a file that is cut or altered restores nothing")
    void restoresNothingFromABrokenFile() throws SQLException, IOException {
        database.execute(
                "UPDATE users SET name_encrypted = overlay(name_encrypted placing '\\xdeadbeef'::bytea from 20)");
        String before = versions();
        byte[] whole = Files.readAllBytes(file);
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1;
        for (byte[] broken :
                List.of(Arrays.copyOf(whole, whole.length - 1), Arrays.copyOf(whole, whole.length / 2), flipped)) {
            Files.write(file, broken);
            assertThatThrownBy(() -> life.sealway().restore(file, PLAINLY))
                    .isInstanceOf(BrokenBackupException.class)
                    .hasMessageNotContaining("CANARY");
        }
        assertThat(versions()).isEqualTo(before);
        Files.write(file, whole);
        assertThat(life.sealway().restore(file, PLAINLY).restored()).isEqualTo(ROWS);
    }

    @Test
    @DisplayName("T73 a file that changes between its check and its reading restores nothing")
    void restoresNothingFromAFileThatChangesMeanwhile() throws SQLException, IOException {
        database.execute(
                "UPDATE users SET name_encrypted = overlay(name_encrypted placing '\\xdeadbeef'::bytea from 20)");
        String before = versions();
        byte[] whole = Files.readAllBytes(file);
        Sealway cutting = Sealway.plan(life.plan())
                .environment(life.environment())
                .progress(new Progress() {
                    @Override
                    public void began(String work, long total) {
                        if (work.startsWith("read ")) {
                            cut(whole);
                        }
                    }
                })
                .on(database.dataSource());
        assertThatThrownBy(() -> cutting.restore(file, PLAINLY)).isInstanceOf(BrokenBackupException.class);
        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void refusesWhatNeedsAnotherKey() throws SQLException {
        database.execute(
                "UPDATE users SET name_encrypted = overlay(name_encrypted placing '\\x01ffffffff'::bytea from 1)"
                        + " WHERE id = 7");
        assertThatThrownBy(() -> life.sealway().restore(file, PLAINLY))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("cannot be told whole from broken")
                .hasMessageContaining("which the key bundle does not hold")
                .hasMessageContaining("nothing was restored");
    }

    @Test
    void refusesWherePlaintextIsThere() throws SQLException, IOException {
        database.execute(
                "DROP SCHEMA sealway CASCADE",
                "DROP TABLE users CASCADE",
                "CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE, name text NOT NULL)");
        Life early = Life.of(database, PLAN).expand();
        early.sealway().backup(Selection.ALL, directory.resolve("early"));
        try (var files = Files.list(directory.resolve("early"))) {
            Path taken = files.filter(f -> f.toString().endsWith(".backup"))
                    .findFirst()
                    .orElseThrow();
            assertThatThrownBy(() -> early.sealway().restore(taken, PLAINLY))
                    .isInstanceOf(SealwayException.class)
                    .hasMessageContaining("the plaintext of public.users is still there");
        }
    }

    private void cut(byte[] whole) {
        try {
            Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String versions() throws SQLException {
        return database.value("SELECT string_agg(xmin::text, ',' ORDER BY id) FROM users");
    }

    private static String hex(byte[] bytes) {
        return "\\x" + HexFormat.of().formatHex(bytes);
    }

    /** What opens, by row. */
    private Map<String, String> opened(String column) throws SQLException {
        SealedField field = life.sealway().column("users." + column);
        Function<List<String>, byte[]> ciphertext = row -> HexFormat.of().parseHex(row.get(1));
        return database
                .rows("SELECT id::text, encode(%1$s_encrypted, 'hex') FROM users WHERE %1$s_encrypted IS NOT NULL"
                        .formatted(column))
                .stream()
                .filter(row -> opens(field, ciphertext.apply(row), row.get(0)))
                .collect(Collectors.toMap(row -> row.get(0), row -> field.open(ciphertext.apply(row), row.get(0))));
    }

    private static boolean opens(SealedField field, byte[] ciphertext, String key) {
        try {
            field.open(ciphertext, key);
            return true;
        } catch (SealwayException e) {
            return false;
        }
    }
}
