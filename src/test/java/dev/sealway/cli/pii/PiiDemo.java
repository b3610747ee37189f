package dev.sealway.cli.pii;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.cli.Typed;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.vault.Administrator;
import dev.sealway.testing.vault.FakeVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Plays the example of {@code db/pii} on a database and a Vault of its own, as a person would type it, and proves each step
 * with statements and requests that are not Sealway's.
 */
final class PiiDemo {
    private static final Path FILES = Path.of("db/pii");
    private static final String KEY = "pos-encryption-key";
    private static final String ENCRYPT = "transit/encrypt/" + KEY;
    private static final List<String> SNAPSHOTS = List.of(
            "SELECT id, email, first_name, last_name FROM public.users ORDER BY id",
            "SELECT id, customer_name, customer_phone, customer_email, ip_address FROM public.guest_orders ORDER BY id",
            "SELECT tenant_id, midtrans_server_key, midtrans_client_key FROM public.tenant_configs ORDER BY tenant_id");

    private final TestDatabase database;
    private final Administrator vault;
    private final Path backups;
    private final Consumer<String> printer;
    private final List<String> told = new ArrayList<>();
    private final Map<String, String> environment;

    PiiDemo(TestDatabase database, FakeVault server, Path backups, Consumer<String> printer) throws IOException {
        this.database = database;
        this.vault = new Administrator(server);
        this.backups = backups;
        this.printer = printer;
        vault.post("transit/keys/" + KEY, Map.of("type", "aes256-gcm96"));
        environment = Map.of(
                "DATABASE_URL",
                database.jdbcUrl(),
                "VAULT_ADDR",
                server.address(),
                "VAULT_TOKEN",
                vault.tokenFor("sealway", Files.readString(FILES.resolve("sealway-policy.hcl"))),
                "VAULT_TRANSIT_KEY",
                KEY);
    }

    /** @return every line that was printed */
    List<String> play() throws SQLException, IOException {
        List<List<List<String>>> originals = load();
        encryptSomeTenants();
        proveThat(
                "some tenants are encrypted already", SqlChecks.counts(database).get(2) == 119);

        run(0, "pii", "--type", "all", "--backup-dir", backups.toString());
        proveThat("checks.sql finds no plaintext", SqlChecks.counts(database).equals(List.of(0L, 0L, 0L)));
        proveThat("every value decrypts to what it was", decrypted(snapshot()).equals(originals));
        proveThat("anonymised orders are as they were", count("customer_name = 'ANONYMIZED'") == 200);

        List<List<List<String>>> versions = rowVersions();
        run(0, "pii", "-type=all", "--backup-dir", backups.toString());
        proveThat("the second run wrote no row", rowVersions().equals(versions));

        run(0, "rollback", "--plan", FILES.resolve("sealway.yaml").toString());
        proveThat("after the way back every value is what it was", snapshot().equals(originals));
        tell("");
        tell("Every proof held");
        return told;
    }

    private List<List<List<String>>> load() throws SQLException, IOException {
        database.execute(
                Files.readString(FILES.resolve("schema.sql")), Files.readString(FILES.resolve("sample-data.sql")));
        return snapshot();
    }

    /** As an application does that speaks to Vault itself: both keys of 20 tenants, and one of 5 more. */
    private void encryptSomeTenants() throws SQLException {
        String ciphertext = "UPDATE public.tenant_configs SET %1$s = '%2$s' WHERE tenant_id = '%3$s'";
        for (List<String> tenant : rows(SNAPSHOTS.get(2)).subList(0, 25)) {
            for (int column = 1; column <= (tenant.get(0).compareTo("tenant-020") <= 0 ? 2 : 1); column++) {
                String value = tenant.get(column);
                if (value != null) {
                    database.execute(ciphertext.formatted(
                            column == 1 ? "midtrans_server_key" : "midtrans_client_key",
                            encrypt(value),
                            tenant.get(0)));
                }
            }
        }
    }

    private String encrypt(String value) {
        return (String) Objects.requireNonNull(
                vault.post(ENCRYPT, Map.of("plaintext", Base64.getEncoder().encodeToString(utf8(value))))
                        .data()
                        .get("ciphertext"));
    }

    private void run(int code, String... arguments) {
        tell("");
        tell("$ sealway " + String.join(" ", arguments).replace(backups.toString(), "backups"));
        Typed typed = Typed.with(environment, arguments);
        typed.out().lines().forEach(this::tell);
        assertThat(typed.code()).as(typed.err()).isEqualTo(code);
    }

    private void proveThat(String what, boolean holds) {
        assertThat(holds).as(what).isTrue();
        tell("✓ " + what);
    }

    private List<List<List<String>>> snapshot() throws SQLException {
        return all(SNAPSHOTS);
    }

    private List<List<List<String>>> rowVersions() throws SQLException {
        return all(List.of(
                "SELECT id, xmin FROM public.users ORDER BY id",
                "SELECT id, xmin FROM public.guest_orders ORDER BY id",
                "SELECT tenant_id, xmin FROM public.tenant_configs ORDER BY tenant_id"));
    }

    private List<List<List<String>>> all(List<String> queries) throws SQLException {
        List<List<List<String>>> tables = new ArrayList<>();
        for (String query : queries) {
            tables.add(rows(query));
        }
        return tables;
    }

    private List<List<String>> rows(String query) throws SQLException {
        return database.rows(query);
    }

    private long count(String where) throws SQLException {
        return Long.parseLong(
                Objects.requireNonNull(database.value("SELECT count(*) FROM public.guest_orders WHERE " + where)));
    }

    /** By one request with everything in it that looks encrypted. */
    private List<List<List<String>>> decrypted(List<List<List<String>>> tables) {
        List<String> ciphertexts = tables.stream()
                .flatMap(List::stream)
                .flatMap(List::stream)
                .filter(value -> value != null && value.startsWith("vault:v"))
                .toList();
        List<?> results = vault.post(
                        "transit/decrypt/" + KEY,
                        Map.of(
                                "batch_input",
                                ciphertexts.stream()
                                        .map(c -> Map.of("ciphertext", c))
                                        .toList()))
                .batch();
        Map<String, String> plaintexts = new HashMap<>();
        for (int i = 0; i < ciphertexts.size(); i++) {
            byte[] value = Base64.getDecoder().decode((String) ((Map<?, ?>) results.get(i)).get("plaintext"));
            plaintexts.put(ciphertexts.get(i), new String(value, StandardCharsets.UTF_8));
        }
        return tables.stream()
                .map(rows -> rows.stream()
                        .map(row -> row.stream()
                                .map(value -> value == null ? null : plaintexts.getOrDefault(value, value))
                                .collect(Collectors.toList()))
                        .toList())
                .toList();
    }

    private void tell(String line) {
        told.add(line);
        printer.accept(line);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
