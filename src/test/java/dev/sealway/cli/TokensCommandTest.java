package dev.sealway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.json.Json;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.TokenKeys;
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

/** The rotation of search tokens, as typed. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class TokensCommandTest {
    private static final String PHRASE = "drop token column public.patients.phone_search";

    @TempDir
    private Path directory;

    private TestDatabase database;

    @BeforeEach
    void backfillATable(TestDatabase fresh) throws Exception {
        database = fresh;
        database.execute(
                "CREATE TABLE patients (id int PRIMARY KEY, name text, phone text UNIQUE)",
                "INSERT INTO patients SELECT i, 'n', '+4930' || 10000000 + i FROM generate_series(1, 50) i");
        var keys = directory.resolve("keys.json");
        assertThat(Typed.of("keygen", "--out", keys.toString()).code()).isZero();
        Files.writeString(directory.resolve("plan.yaml"), """
                sealway: 1
                name: clinic
                keys: { provider: file, ref: %s }
                tables:
                  public.patients:
                    columns:
                      name:  {}
                      phone: { search: { normalizer: e164, unique: carry, accept-leakage: "few rows" } }
                """.formatted(keys));
        assertThat(type("expand").code()).isZero();
        assertThat(type("backfill").code()).isZero();
    }

    @Test
    void goesThroughARotation() throws Exception {
        var refused = type("keys", "tokens", "start");
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("sealway keys add --keyset token/default");
        var keys = directory.resolve("keys.json");
        Files.writeString(keys, TokenKeys.withOneMore(Files.readString(keys)));
        assertThat(type("keys", "tokens", "status").out()).contains("phone_search", "settled");
        assertThat(ok("start")).contains("✓ Added column public.patients.phone_search_k2", "filling", "tokens switch");
        assertThat(ok("abandon")).contains("settled");
        assertThat(ok("start", "--column", "phone")).contains("filling");
        assertThat(ok("switch")).contains("retiring", PHRASE);
        assertThat(type("keys", "tokens", "finish").code()).isEqualTo(3);
        assertThat(ok("finish", "--confirm", PHRASE)).contains("✓ Dropped column public.patients.phone_search");
        assertThat(type("verify").code()).isZero();
    }

    @Test
    @SuppressWarnings("unchecked")
    void printsOneDocumentForMachines() {
        var report = (Map<String, Object>)
                Json.parse(type("keys", "tokens", "status", "--json").out());
        var columns = (List<Map<String, Object>>) report.get("columns");
        assertThat(columns).hasSize(1);
        assertThat(columns.get(0))
                .containsEntry("table", "public.patients")
                .containsEntry("tokens", "phone_search")
                .containsEntry("state", "settled")
                .containsEntry("other_tokens", null);
    }

    @Test
    void saysWhichCommandsThereAre() {
        var bare = Typed.of("keys", "tokens");
        assertThat(bare.code()).isEqualTo(2);
        assertThat(bare.err()).contains("sealway keys tokens --help");
    }

    private String ok(String... verb) {
        var arguments = new ArrayList<>(List.of("keys", "tokens"));
        arguments.addAll(List.of(verb));
        var typed = type(arguments.toArray(String[]::new));
        assertThat(typed.code()).isZero();
        return typed.out();
    }

    private Typed type(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--plan", directory.resolve("plan.yaml").toString(), "--url", database.jdbcUrl()));
        return Typed.of(all.toArray(String[]::new));
    }
}
