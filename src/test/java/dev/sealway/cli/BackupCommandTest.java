package dev.sealway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.json.Json;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@ExtendWith(PostgresExtension.class)
class BackupCommandTest {
    private static final String PLAN = """
            sealway: 1
            name: clinic
            keys: { provider: file, ref: %s }
            tables:
              public.patients: { columns: { name: {}, phone: {} } }
              public.wards: { columns: { nurse: {} } }
            """;

    @TempDir
    private Path directory;

    private TestDatabase database;

    @BeforeEach
    void fillsTables(TestDatabase fresh) throws Exception {
        database = fresh;
        database.execute(
                "CREATE TABLE patients (ward int, bed int, name text NOT NULL, phone text, PRIMARY KEY (ward, bed))",
                "CREATE TABLE wards (ward int PRIMARY KEY, nurse text)",
                "INSERT INTO patients SELECT 1, i, 'CANARY-' || i, NULL FROM generate_series(1, 50) i");
        Path keys = directory.resolve("keys.json");
        assertThat(Typed.of("keygen", "--out", keys.toString()).code()).isZero();
        Files.writeString(directory.resolve("plan.yaml"), PLAN.formatted(keys));
    }

    @Test
    void writesAFileForEachTableAndChecksIt() throws Exception {
        Typed typed = type("backup", "--out", out());
        assertThat(typed.err()).contains("backup public.patients: 50 rows").doesNotContain("error", "CANARY");
        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .contains("✓ Wrote and checked", "public.patients", "name, phone", "2 files in ")
                .doesNotContain("CANARY");
        assertThat(files()).hasSize(4);
        assertThat(database.rows("""
                        SELECT table_name, columns::text, row_count::text, (checked_at > taken_at)::text, file_name !~ '/',
                               keeper, run_id::text, table_id::text
                          FROM sealway.backup ORDER BY table_name"""))
                .containsExactly(
                        Arrays.asList("patients", "{name,phone}", "50", "true", "t", "backup/default", "1", null),
                        Arrays.asList("wards", "{nurse}", "0", "true", "t", "backup/default", "1", null));
        assertThat(database.value("SELECT verb || ' ' || outcome FROM sealway.run"))
                .isEqualTo("backup done");
    }

    @Test
    void checksAFile() throws Exception {
        assertThat(type("backup", "--out", out(), "--table", "patients").code()).isZero();
        Path file = file();
        Typed typed = type("backup", "check", file.toString());
        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .contains("is whole: 50 rows of public.patients (name, phone)")
                .contains("Its manifest agrees.", "The ledger of this database knows it.");
        assertThat(document("backup", "check", file.toString(), "--json"))
                .containsEntry("manifest", true)
                .containsEntry("recorded", true)
                .containsKey("backup");

        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 500));
        Typed refused = type("backup", "check", file.toString());
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err())
                .contains("is refused: it does not authenticate")
                .doesNotContain("CANARY");
        assertThat(type("backup", "check", directory.resolve("none").toString()).code())
                .isEqualTo(2);
    }

    @Test
    void onlySaysWhatItWouldDo() throws Exception {
        Typed typed = type("backup", "--dry-run", "--out", out());
        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .startsWith("Nothing was changed. 'sealway backup' would do this:")
                .contains("rows of public.patients into an encrypted file: name, phone");
        assertThat(Path.of(out())).doesNotExist();
        assertThat(database.value("SELECT to_regnamespace('sealway')")).isNull();
    }

    @Test
    void printsOneDocument() {
        assertThat(document("backup", "--out", out(), "--json")).containsKeys("directory", "tables");
    }

    @Test
    void leavesOutWhatIsContracted() throws Exception {
        for (String verb : List.of("expand", "backfill", "verify")) {
            assertThat(type(verb, "--table", "patients").code()).isZero();
        }
        String phrase = String.valueOf(
                document("status", "--table", "patients", "--json").get("phrase"));
        assertThat(type(
                                "contract",
                                "--table",
                                "patients",
                                "--confirm",
                                phrase,
                                "--skip-rehearsal",
                                phrase,
                                "--offline-copy",
                                "a safe")
                        .code())
                .isZero();
        assertThat(type("backup", "--out", out()).out())
                .contains("public.wards")
                .doesNotContain("public.patients");
        Typed refused = type("backup", "--out", out(), "--table", "patients");
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("there is no plaintext that could be backed up");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> document(String... arguments) {
        return (Map<String, Object>) Json.parse(type(arguments).out());
    }

    private String out() {
        return directory.resolve("out").toString();
    }

    private Path file() throws IOException {
        return files().stream()
                .filter(f -> f.toString().endsWith(".backup"))
                .findFirst()
                .orElseThrow();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(out()))) {
            return files.toList();
        }
    }

    private Typed type(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--url",
                database.jdbcUrl(),
                "--plan",
                directory.resolve("plan.yaml").toString()));
        return Typed.of(all.toArray(String[]::new));
    }
}
