package dev.sealway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.json.Json;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.vault.Administrator;
import dev.sealway.testing.vault.FakeVault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command for tables in place, as typed. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class PiiCommandTest {
    private static final String TOKEN = "CANARY-TOKEN";

    private final FakeVault vault = FakeVault.start();
    private final Map<String, String> environment = new HashMap<>();
    private TestDatabase database;

    @TempDir
    private Path directory;

    @BeforeEach
    void load(TestDatabase fresh) throws Exception {
        database = fresh;
        database.execute(
                Files.readString(Path.of("db/pii/schema.sql")),
                "INSERT INTO public.tenant_configs (tenant_id, shop_name, midtrans_server_key) VALUES ('a', 'A', 'CANARY-1')");
        new Administrator(vault).post("transit/keys/pos-encryption-key", Map.of("type", "aes256-gcm96"));
        environment.putAll(Map.of(
                "DATABASE_URL", database.jdbcUrl(),
                "VAULT_ADDR", vault.address(),
                "VAULT_TOKEN", vault.rootToken(),
                "VAULT_TRANSIT_KEY", "pos-encryption-key"));
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void namesEverythingThatIsMissingAtOnce() {
        environment.clear();
        Typed typed = type("--type", "all");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("DATABASE_URL (", "VAULT_ADDR (", "VAULT_TOKEN (", "VAULT_TRANSIT_KEY (");
        assertThat(vault.requests())
                .noneMatch(r -> r.path().contains("transit/keys") && r.method().equals("GET"));
    }

    @Test
    void refusesAKeyThatVaultDoesNotHaveAndMakesNone() throws Exception {
        environment.put("VAULT_TRANSIT_KEY", "pos-encrytion-key");
        Typed typed = type("--type", "all");

        assertThat(typed.code()).isEqualTo(3);
        assertThat(typed.out()).contains("✓ DATABASE_URL ok: ", "✓ VAULT_ADDR " + vault.address(), "✓ VAULT_TOKEN set");
        assertThat(typed.err()).contains("transit/pos-encrytion-key");
        assertThat(new Administrator(vault)
                        .get("transit/keys/pos-encrytion-key")
                        .status())
                .isEqualTo(404);
        assertThat(serverKey()).isEqualTo("CANARY-1");
    }

    @Test
    void neverShowsATokenThatIsDenied() {
        environment.put("VAULT_TOKEN", TOKEN);
        Typed typed = type("--type", "all");

        assertThat(typed.code()).isNotZero();
        assertThat(typed.out() + typed.err()).doesNotContain(TOKEN);
    }

    @Test
    void refusesATypeThatThePlanDoesNotHave() {
        assertThat(type("-type=user").code()).isEqualTo(2);
        assertThat(type("-type=user").err()).contains("did you mean 'users'?");
        assertThat(type().code()).isEqualTo(2);
    }

    @Test
    void onlySaysWhatItWouldDo() throws Exception {
        Typed typed = type("--type", "tenant-configs", "--dry-run");

        assertThat(typed.err()).isEmpty();
        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("Nothing was changed. 'sealway pii' would do this:");
        assertThat(serverKey()).isEqualTo("CANARY-1");
        assertThat(directory.resolve("backups")).doesNotExist();
    }

    @Test
    @SuppressWarnings("unchecked")
    void printsOneDocumentForMachines() throws Exception {
        Typed typed = type("--type=tenant-configs", "--json");

        assertThat(typed.code()).as(typed.err()).isZero();
        Map<String, Object> report = (Map<String, Object>) Json.parse(typed.out());
        assertThat(report).containsEntry("verified", true).containsKeys("types", "total", "backups");
        assertThat(report.get("total").toString()).contains("encrypted=1");
        assertThat(typed.out() + typed.err()).doesNotContain("CANARY");
        assertThat(serverKey()).startsWith("vault:v1:");
    }

    @Test
    @SuppressWarnings("unchecked")
    void tellsTheAuditHeadAndKeepsItInTheAnchor() throws Exception {
        Path anchor = directory.resolve("heads.txt");
        environment.put("SEALWAY_ANCHOR", anchor.toString());
        Typed typed = type("--type=tenant-configs");

        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(Files.readAllLines(anchor)).hasSize(1).allMatch(line -> typed.out()
                .endsWith("\n" + line + "\n"));
        assertThat(Files.readString(anchor)).startsWith("audit head seq=");
        assertThat((Map<String, Object>)
                        Json.parse(type("--type=tenant-configs", "--json").out()))
                .containsKey("audit_head");
        assertThat(Files.readAllLines(anchor)).hasSize(2);
    }

    @Test
    void endsAsCancelledWhenItsProcessIsToldToEnd() throws Exception {
        Typed typed = Typed.stopped(environment, all("--type=tenant-configs"));

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err()).contains("was cancelled by a signal to its process");
        assertThat(typed.out()).contains("audit head seq=");
        assertThat(database.value("SELECT outcome FROM sealway.run WHERE verb = 'backfill'"))
                .isEqualTo("cancelled");
    }

    @Test
    void holdsItsLeaseForAsLongAsTheEnvironmentSays() throws Exception {
        environment.put("SEALWAY_LEASE_SECONDS", "soon");
        Typed typed = type("--type=tenant-configs");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("SEALWAY_LEASE_SECONDS is not a number of seconds");
        assertThat(serverKey()).isEqualTo("CANARY-1");
    }

    private String serverKey() throws Exception {
        return database.value("SELECT midtrans_server_key FROM public.tenant_configs");
    }

    private Typed type(String... arguments) {
        return Typed.with(environment, all(arguments));
    }

    private String[] all(String... arguments) {
        List<String> all = new ArrayList<>(List.of("pii"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--backup-dir", directory.resolve("backups").toString()));
        return all.toArray(String[]::new);
    }
}
