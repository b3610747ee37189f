package dev.sealway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.json.Json;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.RotatedKeys;
import dev.sealway.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The life of a key, as typed. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class KeysCommandTest {
    private static final Pattern MATERIAL = Pattern.compile("\"value\":\"([A-Za-z0-9+/=]{16,})");

    private static final Pattern DATA_KEY = Pattern.compile("key ([0-9]+) of keyset data/default");

    @TempDir
    private Path directory;

    private TestDatabase database;
    private Path keys;
    private final List<String> printed = new ArrayList<>();
    private final List<String> material = new ArrayList<>();

    @BeforeEach
    void encryptsATable(TestDatabase fresh) throws Exception {
        database = fresh;
        database.execute(
                "CREATE TABLE patients (id int PRIMARY KEY, name text)",
                "INSERT INTO patients SELECT i, 'CANARY-' || i FROM generate_series(1, 50) i");
        keys = directory.resolve("keys.json");
        assertThat(Typed.of("keygen", "--out", keys.toString(), "--bundle", "clinic")
                        .code())
                .isZero();
        Files.writeString(directory.resolve("plan.yaml"), """
                sealway: 1
                name: clinic
                keys: { provider: file, ref: %s }
                tables: { public.patients: { columns: { name: {} } } }
                """.formatted(keys));
        ok("expand");
        ok("backfill");
    }

    @Test
    @DisplayName("T81 leads a key through its life and prints no material on the way")
    void leadsAKeyThroughItsLife() throws Exception {
        String old = Long.toString(primary());
        assertThat(ok("keys", "status").out())
                .contains("Key bundle clinic in file %s".formatted(keys), "nobody has said so", "public.patients.name")
                .containsPattern("data/default +%s +primary .* 50 +50 +0\n".formatted(old));
        ok("keys", "attest", "--offline-copy", "paper in the safe");
        assertThat(ok("keys", "status").out()).contains("Copy off line: paper in the safe, told by");

        assertThat(ok("keys", "add", "--dry-run").out())
                .contains("Nothing was changed.", "a fresh key in each data keyset");
        assertThat(RotatedKeys.info(Files.readString(keys)).keyIds()).hasSize(1);
        String young = DATA_KEY.matcher(ok("keys", "add").out())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        Typed refused = type("keys", "promote", "--key", young);
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("is known for 0 minutes", "--readers-confirmed");
        assertThat(ok("keys", "promote", "--key", young, "--min-age", "0m").out())
                .contains("sealway keys reencrypt");
        assertThat(type("keys", "disable", "--key", old).code()).isEqualTo(3);
        assertThat(ok("keys", "reencrypt", "--dry-run").out())
                .contains("of public.patients, and move what is of an older");
        assertThat(ok("keys", "reencrypt", "--verify", "--table", "patients").out())
                .containsPattern("public.patients +name +50 +0 +0");
        assertThat(ok("keys", "disable", "--key", old).out()).contains("sealway keys destroy");
        ok("keys", "enable", "--key", old);
        ok("keys", "disable", "--key", old);
        database.execute("UPDATE sealway.keyring SET disabled_at = disabled_at - interval '3 days'");

        String yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();
        String[] destroy = {"keys", "destroy", "--key", old, "--min-age", "2d", "--backups-older-than", yesterday};
        Typed unconfirmed = type(destroy);
        assertThat(unconfirmed.code()).isEqualTo(3);
        String phrase = "destroy key %s of data/default in bundle clinic".formatted(old);
        assertThat(unconfirmed.err()).contains(phrase);
        List<String> confirmed = new ArrayList<>(List.of(destroy));
        confirmed.addAll(List.of("--confirm", phrase));
        ok(confirmed.toArray(String[]::new));
        assertThat(document("keys", "status")).containsKeys("bundle", "keysets", "columns", "notices", "next");
        assertThat(ok("keys", "status").out()).containsPattern("data/default +%s +destroyed".formatted(old));
        ok("verify");
        assertThat(material).hasSizeGreaterThan(5);
        material.forEach(m -> assertThat(printed).noneMatch(p -> p.contains(m)));
    }

    @Test
    void printsOneDocumentAndNothingElse() throws Exception {
        assertThat(document("keys", "status")).containsEntry("plan", "clinic");
        assertThat(document("keys", "add")).containsEntry("event", "added").containsEntry("dry_run", false);
        long young = RotatedKeys.newest(Files.readString(keys));
        assertThat(document("keys", "promote", "--key", Long.toString(young), "--readers-confirmed"))
                .containsEntry("event", "promoted");
        assertThat(document("keys", "reencrypt")).containsKey("tables");
        assertThat(document("keys", "attest", "--offline-copy", "a safe")).containsEntry("offline_copy", "a safe");
    }

    @Test
    void refusesWhatIsNoTimeAndWhatIsNoCommand() {
        assertThat(type("keys", "promote", "--key", "1", "--min-age", "soon").err())
                .contains("write 7d, 24h or 90m");
        assertThat(type("keys", "promote", "--key", "1", "--min-age", "soon").code())
                .isEqualTo(2);
        Typed bare = Typed.of("keys");
        assertThat(bare.code()).isEqualTo(2);
        assertThat(bare.err()).contains("a command is missing");
    }

    private long primary() throws Exception {
        return RotatedKeys.primary(Files.readString(keys));
    }

    private Typed ok(String... arguments) throws Exception {
        Typed typed = type(arguments);
        assertThat(typed.err().lines()).noneMatch(line -> line.startsWith("error"));
        assertThat(typed.code()).as(typed.out() + typed.err()).isZero();
        MATERIAL.matcher(Files.readString(keys))
                .results()
                .forEach(found -> material.add(found.group(1).substring(6)));
        return typed;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> document(String... arguments) throws Exception {
        List<String> more = new ArrayList<>(List.of(arguments));
        more.add("--json");
        return (Map<String, Object>) Json.parse(ok(more.toArray(String[]::new)).out());
    }

    private Typed type(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--url",
                database.jdbcUrl(),
                "--plan",
                directory.resolve("plan.yaml").toString()));
        Typed typed = Typed.of(all.toArray(String[]::new));
        assertThat(typed.out() + typed.err()).doesNotContain("CANARY", "\u001b");
        printed.add(typed.out() + typed.err());
        return typed;
    }
}
