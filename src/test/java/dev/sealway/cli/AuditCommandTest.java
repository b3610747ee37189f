package dev.sealway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.json.Json;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@ExtendWith(PostgresExtension.class)
class AuditCommandTest {
    private static final String HEAD = "audit head seq=\\d+ hash=[0-9a-f]{64}\n";

    @TempDir
    private Path directory;

    private final String keys = Life.freshKeys();
    private TestDatabase database;

    @BeforeEach
    void fillATable(TestDatabase fresh) throws Exception {
        database = fresh;
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, name text)", "INSERT INTO users VALUES (1, 'CANARY-1')");
        Files.writeString(directory.resolve("plan.yaml"), """
                sealway: 1
                name: shop
                keys: { provider: env, ref: SEALWAY_KEYS }
                tables: { public.users: { columns: { name: {} } } }
                """);
    }

    private Typed type(Map<String, String> more, String... arguments) {
        Map<String, String> environment = new HashMap<>(more);
        environment.putIfAbsent("SEALWAY_KEYS", keys);
        List<String> typed = new ArrayList<>(List.of(arguments));
        typed.addAll(List.of("--plan", directory.resolve("plan.yaml").toString(), "--url", database.jdbcUrl()));
        return Typed.with(environment, typed.toArray(String[]::new));
    }

    private Typed type(String... arguments) {
        return type(Map.of(), arguments);
    }

    @Test
    void endsWhatWroteWithTheHead() {
        assertThat(type("expand").out()).containsPattern(HEAD + "$");
        assertThat(type("status").out()).doesNotContain("audit head");
        assertThat(type("contract").out()).as("refused").containsPattern(HEAD + "$");
        assertThat(head(type("backfill", "--json"))).containsKeys("seq", "hash");
        assertThat(head(type("contract", "--json"))).containsKeys("seq", "hash");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> head(Typed typed) {
        return (Map<String, Object>) ((Map<?, ?>) Json.parse(typed.out())).get("audit_head");
    }

    @Test
    void keepsHeadsInAnAnchor() throws Exception {
        Path anchor = directory.resolve("heads.txt");
        type("expand", "--anchor", anchor.toString());
        type(Map.of("SEALWAY_ANCHOR", anchor.toString()), "backfill");
        type("status", "--anchor", anchor.toString());
        assertThat(Files.readAllLines(anchor)).hasSize(2).allMatch(line -> (line + "\n").matches(HEAD));
        assertThat(type("audit", "verify", "--anchor", anchor.toString()).out())
                .contains("✓ The audit trail is whole", "Every entry is signed", "2 anchored heads compared");

        cutOff(3);
        assertThat(type("audit", "verify").code()).isZero();
        Typed missed = type("audit", "verify", "--anchor", anchor.toString());
        assertThat(missed.code()).isEqualTo(3);
        assertThat(missed.out()).contains("✗", "entry 4 is missing: an anchor knows it");
    }

    private void cutOff(int kept) throws Exception {
        database.execute(
                "ALTER TABLE sealway.audit DISABLE TRIGGER ALL", "DELETE FROM sealway.audit WHERE seq > " + kept);
    }

    @Test
    void failsIfTheHeadCannotBeKept() {
        Typed typed = type("expand", "--anchor", directory.resolve("no/file").toString());
        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err()).contains("the audit head could not be kept", "audit head seq=");
    }

    @Test
    void listsEntries() {
        type("expand");
        assertThat(type("audit", "list").out()).contains("run.began", "column.registered", "public.users.name");
        assertThat(type("audit", "list", "--since", "1", "--limit", "1", "--json")
                        .out())
                .contains("\"seq\": 2", "\"previous\": ")
                .doesNotContain("\"seq\": 1,", "\"seq\": 3");
        assertThat(type("audit", "list", "--limit", "0").code()).isEqualTo(2);
    }

    @Test
    void isStrictIfAsked() {
        type("expand");
        assertThat(type("audit", "verify", "--strict").code()).isZero();
        assertThat(type("audit", "verify", "--without-keys", "--strict").code()).isEqualTo(3);
        assertThat(type("audit", "verify", "--without-keys").out()).contains("Signatures were not checked");
        type(Map.of("SEALWAY_KEYS", ""), "rollback");
        assertThat(type("audit", "verify").code()).isZero();
        assertThat(type("audit", "verify", "--strict").code()).isEqualTo(3);
        assertThat(type("audit", "verify", "--json").out()).contains("\"unsigned\": 3", "\"signatures_checked\": true");
    }
}
