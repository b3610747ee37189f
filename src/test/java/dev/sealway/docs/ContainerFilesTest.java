package dev.sealway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files that Docker and the workflow read, as far as they can be judged without either. */
@SuppressWarnings("unchecked")
class ContainerFilesTest {

    private final Map<String, Object> compose = yaml(Path.of("compose.yaml"));

    @Test
    void runsTheMigrationUnderAProfileWhenDatabaseAndVaultAreReady() {
        assertThat(services().keySet()).containsExactlyInAnyOrder("postgres", "vault", "vault-init", "migrate");
        assertThat(services().keySet().stream().filter(s -> service(s).containsKey("profiles")))
                .containsExactly("migrate");
        assertThat(service("migrate")).containsEntry("profiles", List.of("migrate"));
        assertThat((Map<String, Object>) service("migrate").get("depends_on"))
                .containsEntry("postgres", Map.of("condition", "service_healthy"))
                .containsEntry("vault-init", Map.of("condition", "service_completed_successfully"));
        assertThat((Map<String, Object>) service("vault-init").get("depends_on"))
                .containsEntry("vault", Map.of("condition", "service_healthy"));
        assertThat(service("postgres")).containsKey("healthcheck");
        assertThat(service("vault")).containsKey("healthcheck");
    }

    @Test
    void givesTheMigrationWhatItAsksFor() {
        assertThat((Map<String, String>) service("migrate").get("environment"))
                .containsOnlyKeys("DATABASE_URL", "VAULT_ADDR", "VAULT_TOKEN", "VAULT_TRANSIT_KEY");
        assertThat(service("migrate")).containsEntry("command", List.of("pii", "--type", "all"));
    }

    @Test
    void keepsTheVaultsPlainHttpOnTheLoopback() {
        assertThat(service("migrate")).containsEntry("network_mode", "service:vault");
        assertThat(service("vault-init")).containsEntry("network_mode", "service:vault");
        assertThat(service("vault")).doesNotContainKey("ports");
        assertThat((Map<String, String>) service("vault").get("environment"))
                .containsEntry("VAULT_DEV_LISTEN_ADDRESS", "127.0.0.1:8200");
    }

    @Test
    void mountsOnlyFilesThatAreThere() {
        assertThat(services().keySet().stream()
                        .flatMap(s -> ((List<String>) service(s).getOrDefault("volumes", List.of())).stream())
                        .filter(v -> v.startsWith("./"))
                        .map(v -> Path.of(v.substring(2, v.indexOf(':')))))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(path).exists());
    }

    @Test
    void namesAVersionOfEveryImage() throws IOException {
        Stream<String> used = services().keySet().stream()
                .filter(s -> !service(s).containsKey("build"))
                .map(s -> (String) service(s).get("image"));
        Stream<String> built = Files.readString(Path.of("Dockerfile"))
                .lines()
                .filter(line -> line.startsWith("FROM "))
                .map(line -> line.split(" ")[1]);
        assertThat(Stream.concat(used, built)).isNotEmpty().allMatch(image -> image.matches("[a-z/-]+:[0-9][\\w.-]*"));
    }

    @Test
    void buildsAnImageThatRunsAsNobodyInParticularAndHoldsNoSecret() throws IOException {
        String text = Files.readString(Path.of("Dockerfile"));
        String runtime = text.substring(text.lastIndexOf("\nFROM "));
        assertThat(runtime)
                .containsPattern("(?m)^USER [1-9]\\d*:[1-9]\\d*$")
                .containsPattern("(?m)^HEALTHCHECK ")
                .containsPattern("(?m)^ENTRYPOINT \\[\"java\", .*\"/opt/sealway/sealway-cli.jar\"]$");
        assertThat(text).doesNotContainPattern("(?im)^(ARG|ENV) .*(TOKEN|PASSWORD|SECRET|KEY)");
        assertThat(Files.readAllLines(Path.of(".dockerignore")))
                .contains("*", "**/.env", "**/*.keys.json")
                .doesNotContain("!.git", "!target", "!.");
    }

    private Map<String, Object> services() {
        return (Map<String, Object>) compose.get("services");
    }

    private Map<String, Object> service(String name) {
        return (Map<String, Object>) services().get(name);
    }

    private static Map<String, Object> yaml(Path file) {
        try {
            LoadSettings settings =
                    LoadSettings.builder().setAllowDuplicateKeys(false).build();
            return (Map<String, Object>) new Load(settings).loadFromString(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
