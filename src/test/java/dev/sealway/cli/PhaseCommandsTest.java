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
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The life of a migration, as typed. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class PhaseCommandsTest {
    private static final Pattern PHRASE = Pattern.compile("drop clinic 2 columns [0-9a-f]{8}");
    private static final String PLAN = """
            sealway: 1
            name: clinic
            keys: { provider: file, ref: %s }
            tables:
              public.patients:
                columns:
                  name:  {}
                  phone: { search: { normalizer: e164 } }
            """;

    @TempDir
    private Path directory;

    private TestDatabase database;

    @BeforeEach
    void fillATable(TestDatabase fresh) throws Exception {
        database = fresh;
        database.execute(
                "CREATE TABLE patients (ward int, bed int, name text NOT NULL, phone text, PRIMARY KEY (ward, bed))",
                "INSERT INTO patients SELECT 1, i, 'CANARY-' || i, '+4930' || 10000000 + i FROM generate_series(1, 50) i");
        var keys = directory.resolve("keys.json");
        assertThat(Typed.of("keygen", "--out", keys.toString()).code()).isZero();
        Files.writeString(directory.resolve("plan.yaml"), PLAN.formatted(keys));
    }

    @Test
    void goesThroughTheWholeLife() throws Exception {
        assertThat(ok("plan").out()).contains("Plan clinic fits the database", "public.patients");
        assertThat(ok("expand").out()).contains("✓ Added column public.patients.name_encrypted", "2 encrypted columns");
        assertThat(ok("backfill").out()).contains("public.patients");
        assertThat(ok("selftest").out())
                .contains("public.patients.name: a value was sealed into", "Everything held; nothing was kept");
        assertThat(document("selftest")).containsKey("columns");
        assertThat(ok("verify").out())
                .contains("Total tables: 1\nTotal columns: 2\nSuccessful: 2\nFailed: 0\naudit head seq=");
        assertThat(ok("views").out()).contains("public.patients_sealed has the shape of public.patients");
        assertThat(ok("status").out()).contains("verified").containsPattern(PHRASE);

        var refused = type("contract");
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).containsPattern(PHRASE);
        var phrase = PHRASE.matcher(refused.err())
                .results()
                .findFirst()
                .orElseThrow()
                .group();
        assertThat(type("contract", "--confirm", "drop clinic 2 columns 00000000")
                        .code())
                .isEqualTo(3);
        assertThat(type("contract", "--confirm", phrase).err()).contains("sealway rollback --rehearse");
        assertThat(ok("rollback", "--rehearse", "--rows", "50").out()).contains("The way back holds.");
        assertThat(type("contract", "--confirm", phrase).err()).contains("sealway keys attest --offline-copy");
        assertThat(ok("contract", "--confirm", phrase, "--offline-copy", "paper in the safe")
                        .out())
                .contains("Dropping is not erasing");
        assertThat(columns())
                .doesNotContain("name", "phone")
                .contains("name_encrypted", "phone_encrypted", "phone_search");
    }

    @Test
    void rollsBackWhatExpandAdded() throws Exception {
        var before = columns();
        ok("expand");
        ok("backfill");
        ok("rollback");
        assertThat(columns()).isEqualTo(before);
    }

    @Test
    void takesNothingBackForOptionsOfARehearsal() throws Exception {
        ok("expand");
        var expanded = columns();
        assertRefused("--rows goes with --rehearse", "rollback", "--rows", "100");
        assertRefused("leave out --workers", "rollback", "--rehearse", "--workers", "2");
        assertThat(columns()).isEqualTo(expanded);
        assertThat(database.value("SELECT string_agg(DISTINCT verb, ',') FROM sealway.run"))
                .isEqualTo("expand");
    }

    private void assertRefused(String words, String... command) {
        var typed = type(command);
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains(words);
    }

    @Test
    void onlySaysWhatItWouldDo() throws Exception {
        var before = columns();
        assertThat(ok("expand", "--dry-run").out()).startsWith("Nothing was changed. 'sealway expand' would do this:");
        assertThat(document("expand", "--dry-run"))
                .containsEntry("dry_run", true)
                .containsEntry("phase", "expand");
        assertThat(columns()).isEqualTo(before);
    }

    @Test
    void printsOneDocumentAndNothingElse() {
        assertThat(document("expand")).containsKey("tables");
        assertThat(document("backfill", "--batch-size", "7")).containsKey("tables");
        assertThat(document("verify")).containsKey("tables");
        assertThat(document("views")).containsKey("views");
        assertThat(document("status")).containsEntry("plan", "clinic").containsKeys("columns", "phrase", "next");
        assertThat(document("estimate")).containsKey("tables");
    }

    @Test
    void takesOnlyTheColumnsThatAreNamed() throws Exception {
        ok("expand", "--column", "name");
        assertThat(columns()).contains("name_encrypted").doesNotContain("phone_encrypted");
    }

    @Test
    void endsWithExitCode1WhenARowDiffers() throws Exception {
        ok("expand");
        ok("backfill");
        changeBehindTheGuard();
        var typed = type("verify");
        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.out()).contains("row (1, 7), column name", "Failed: 1").doesNotContain("CANARY");
    }

    /** A superuser can; the guard is back afterwards as it was. */
    private void changeBehindTheGuard() throws Exception {
        database.execute(
                "ALTER TABLE patients DISABLE TRIGGER USER", "UPDATE patients SET name = 'other' WHERE bed = 7", """
                DO $$
                DECLARE
                    guard name;
                BEGIN
                    FOR guard IN SELECT tgname FROM pg_trigger WHERE tgrelid = 'patients'::regclass AND NOT tgisinternal LOOP
                        EXECUTE format('ALTER TABLE patients ENABLE ALWAYS TRIGGER %I', guard);
                    END LOOP;
                END
                $$""");
    }

    @Test
    void watchesUntilItIsInterrupted() {
        var typed = Typed.with(Map.of(), Typed.twice(), arguments("status", "--watch", "1"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(typed.code()).isZero();
        assertThat(typed.out().split("Plan clinic", -1)).hasSize(4);
    }

    private Typed ok(String... arguments) {
        var typed = type(arguments);
        assertThat(typed.err().lines()).noneMatch(line -> line.startsWith("error"));
        assertThat(typed.code()).isZero();
        assertThat(typed.out() + typed.err()).doesNotContain("CANARY", "\u001b");
        return typed;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> document(String... arguments) {
        var more = new ArrayList<>(List.of(arguments));
        more.add("--json");
        return (Map<String, Object>) Json.parse(ok(more.toArray(String[]::new)).out());
    }

    private Typed type(String... arguments) {
        return Typed.of(arguments(arguments));
    }

    private String[] arguments(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--url",
                database.jdbcUrl(),
                "--plan",
                directory.resolve("plan.yaml").toString()));
        return all.toArray(String[]::new);
    }

    private List<String> columns() throws Exception {
        return database
                .rows("SELECT attname FROM pg_attribute WHERE attrelid = 'patients'::regclass AND attnum > 0"
                        + " AND NOT attisdropped ORDER BY attnum")
                .stream()
                .map(row -> row.get(0))
                .toList();
    }
}
