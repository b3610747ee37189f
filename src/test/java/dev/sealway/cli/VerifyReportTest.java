package dev.sealway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.json.Json;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code sealway verify --report}, as a build types it. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class VerifyReportTest {
    @TempDir
    private Path directory;

    private TestDatabase database;

    @BeforeEach
    void verifyATable(TestDatabase fresh) throws Exception {
        database = fresh;
        database.execute(
                "CREATE TABLE patients (id int PRIMARY KEY, name text)",
                "INSERT INTO patients SELECT i, 'CANARY-' || i FROM generate_series(1, 20) i");
        var keys = directory.resolve("keys.json");
        assertThat(Typed.of("keygen", "--out", keys.toString()).code()).isZero();
        Files.writeString(directory.resolve("plan.yaml"), """
                sealway: 1
                name: clinic
                keys: { provider: file, ref: %s }
                tables: { public.patients: { columns: { name: {} } } }
                """.formatted(keys));
        for (var phase : List.of("expand", "backfill", "verify")) {
            assertThat(type(phase).code()).isZero();
        }
    }

    private Typed type(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--plan", directory.resolve("plan.yaml").toString(), "--url", database.jdbcUrl()));
        return Typed.of(all.toArray(String[]::new));
    }

    private Typed report(String... arguments) {
        var all = new ArrayList<>(
                List.of("verify", "--report", directory.resolve("out").toString()));
        all.addAll(List.of(arguments));
        return type(all.toArray(String[]::new));
    }

    @Test
    void writesTheFilesAndEndsAsABuildWants() throws Exception {
        var typed = report();
        assertThat(typed.code()).as(typed.toString()).isZero();
        assertThat(typed.out()).contains("Covered: 1 column", "20 rows decrypt").doesNotContain("audit head");
        assertThat(directory.resolve("out"))
                .isDirectoryContaining("glob:**/coverage.html")
                .isDirectoryContaining("glob:**/coverage.json")
                .isDirectoryContaining("glob:**/TEST-sealway.xml");

        database.execute("UPDATE patients SET name = 'CANARY-new' WHERE id = 1");
        var stale = report();
        assertThat(stale.code()).isOne();
        assertThat(stale.out())
                .contains("1 row whose plaintext is not encrypted")
                .doesNotContain("CANARY");
        assertThat(Files.readString(directory.resolve("out/coverage.json"))).doesNotContain("CANARY");
        assertThat(report("--fail-on", "phase").code()).isZero();
        assertThat(report("--fail-on", "phase", "--until", "contracted").code()).isOne();
    }

    @Test
    void printsTheDocumentThatItWrites() throws Exception {
        var typed = report("--json");
        assertThat(Json.parse(typed.out())).isInstanceOfSatisfying(Map.class, m -> assertThat(m.get("until"))
                .isEqualTo("verified"));
        assertThat(typed.out()).isEqualTo(Files.readString(directory.resolve("out/coverage.json")));
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        assertThat(report("--dry-run").code()).isEqualTo(2);
        assertThat(report("--evidence").code()).isEqualTo(2);
        assertThat(report("--until", "soon").code()).isEqualTo(2);
        assertThat(type("verify", "--until", "verified").code()).isEqualTo(2);
    }
}
