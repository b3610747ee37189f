package dev.sealway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.json.Json;
import dev.sealway.testing.OwnServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Before and after the life of a migration, as typed: doctor, residue, purge. */
@Tag("slow")
class PurgeCommandsTest {
    private static final Pattern PHRASE = Pattern.compile("drop clinic 1 columns [0-9a-f]{8}");
    private static final String PLAN = """
            sealway: 1
            name: clinic
            keys: { provider: file, ref: %s }
            tables:
              public.patients:
                columns: { name: {} }
            """;

    @TempDir
    private Path directory;

    private OwnServer server;

    @BeforeEach
    void fillATable() throws Exception {
        server = OwnServer.start(directory, Map.of());
        server.database()
                .execute(
                        "CREATE TABLE patients (id int PRIMARY KEY, name text NOT NULL)",
                        "INSERT INTO patients SELECT i, 'CANARY-' || i % 5 FROM generate_series(1, 50) i",
                        "ANALYZE patients",
                        "CHECKPOINT");
        var keys = directory.resolve("keys.json");
        assertThat(Typed.of("keygen", "--out", keys.toString()).code()).isZero();
        Files.writeString(directory.resolve("plan.yaml"), PLAN.formatted(keys));
        Files.writeString(directory.resolve("canaries.txt"), "CANARY-1\nCANARY-2\n\n");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void goesFromTheDoctorToThePurge() throws Exception {
        assertThat(type("doctor").out()).contains("✓ PostgreSQL ", "nobody has said that a copy", "0 refusals");
        assertThat(type("doctor", "--strict").code()).isEqualTo(3);
        assertThat(type("residue").err()).contains("run 'sealway expand' first");
        contract();
        assertThat(type("doctor", "--grants").out()).contains("GRANT UPDATE (\"name_encrypted\") ON");
        assertThat(Json.parse(type("doctor", "--grants", "--json").out()))
                .isInstanceOfSatisfying(Map.class, document -> assertThat((List<?>) document.get("grants"))
                        .anySatisfy(grant -> assertThat(grant.toString())
                                .startsWith("GRANT UPDATE (\"name_encrypted\") ON")
                                .endsWith(";")));

        assertThat(type("residue").out())
                .contains("Table public.patients", "✗ present   pages", "• external  server logs", "→ sealway purge");
        var before = type(search());
        assertThat(before.code()).isEqualTo(1);
        assertThat(before.out())
                .contains("heap", "2 of 2", "run CHECKPOINT first")
                .doesNotContain("CANARY");
        assertThat(type("purge", "--dry-run").out())
                .startsWith("Nothing was changed. 'sealway purge' would do this:")
                .contains("VACUUM (FULL) \"public\".\"patients\"; 0 MB");
        assertThat(type("purge", "--wal", "--max-lock", "30s").out())
                .contains("public.patients  rewritten", "write-ahead log  rewritten", "Residual: 0 places where");
        server.database().execute("CHECKPOINT");
        var after = type(search());
        assertThat(after.out()).startsWith("None of 2 texts stands in a file of ");
        assertThat(after.code()).isZero();
    }

    @Test
    void printsOneDocumentAndNothingElse() throws Exception {
        contract();
        assertThat(document("doctor")).containsKey("findings");
        assertThat(document("residue")).containsEntry("plan", "clinic").containsKey("traces");
        assertThat(document("purge")).containsKeys("steps", "traces");
    }

    @Test
    void refusesCanariesWithoutADirectory() {
        var typed = type("residue", "--canary", "CANARY-1");
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("--data-directory").doesNotContain("CANARY");
    }

    private String[] search() {
        return new String[] {
            "residue",
            "--data-directory",
            server.dataDirectory().toString(),
            "--canaries",
            directory.resolve("canaries.txt").toString()
        };
    }

    private void contract() {
        for (String verb : List.of("expand", "backfill", "verify")) {
            assertThat(type(verb).code()).as(verb).isZero();
        }
        assertThat(type("contract", "--dry-run").out())
                .contains("it would be refused: the way back of public.patients was not rehearsed")
                .contains("it would be refused: nobody has said that a copy of key bundle");
        assertThat(type("rollback", "--rehearse").code()).isZero();
        Matcher phrase = PHRASE.matcher(type("status").out());
        assertThat(phrase.find()).isTrue();
        assertThat(type("contract", "--confirm", phrase.group(), "--offline-copy", "in a safe")
                        .code())
                .isZero();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> document(String command) {
        return (Map<String, Object>) Json.parse(type(command, "--json").out());
    }

    private Typed type(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--url",
                server.database().jdbcUrl(),
                "--plan",
                directory.resolve("plan.yaml").toString()));
        var typed = Typed.of(all.toArray(String[]::new));
        assertThat(typed.out() + typed.err()).doesNotContain("CANARY-");
        return typed;
    }
}
