package dev.sealway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.cli.console.Console;
import dev.sealway.json.Json;
import dev.sealway.testing.vault.FakeVault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeygenCommandTest {
    @TempDir
    private Path directory;

    @Test
    void makesAFileThatOnlyItsOwnerCanRead() throws IOException {
        var file = directory.resolve("keys.json");
        var typed = Typed.of("keygen", "--out", file.toString(), "--bundle", "shop");
        assertThat(typed.code()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(typed.out()).contains("Key bundle shop", "Fingerprint (SHA-256): ", "data/default");
        assertNoKeyMaterial(Files.readString(file), typed.out() + typed.err());
    }

    @Test
    void neverOverwritesAFile() throws IOException {
        var file = Files.writeString(directory.resolve("keys.json"), "precious");
        var typed = Typed.of("keygen", "--out", file.toString());
        assertThat(typed.code()).isEqualTo(3);
        assertThat(typed.err()).contains("never overwritten");
        assertThat(file).hasContent("precious");
    }

    @Test
    void tellsADocument() {
        var typed = Typed.of(
                "keygen", "--json", "--out", directory.resolve("keys.json").toString());
        assertThat(typed.err()).isEmpty();
        assertThat(Json.parse(typed.out())).isInstanceOfSatisfying(Map.class, document -> assertThat(document)
                .containsKeys("id", "fingerprint", "keysets"));
    }

    @Test
    void writesTheBundleIntoAPipe() {
        var typed = Typed.of("keygen", "--stdout");
        assertThat(typed.code()).isZero();
        assertThat(Json.parse(typed.out())).isInstanceOf(Map.class);
        assertThat(typed.err()).contains("Fingerprint");
        assertNoKeyMaterial(typed.out(), typed.err());
    }

    @Test
    void doesNotShowKeysInACiLogUnlessToldTo() {
        var ci = Map.of("CI", "true");
        var typed = Typed.with(ci, "keygen", "--stdout");
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(Typed.with(ci, "keygen", "--stdout", "--i-understand").code())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TF_BUILD", "TEAMCITY_VERSION", "CODEBUILD_BUILD_ID"})
    void knowsACiThatDoesNotSayCi(String variable) {
        var typed = Typed.with(Map.of(variable, "True"), "keygen", "--stdout");
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
    }

    @Test
    void failsWhenNobodyTakesTheBundle() {
        var err = new ByteArrayOutputStream();
        var full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("no space left");
            }
        };
        var console = new Console(new PrintStream(full), new PrintStream(err, true, UTF_8), false, false);
        var code =
                Main.run(new Surroundings(console, Map.of(), Clock.systemUTC(), duration -> {}), "keygen", "--stdout");
        assertThat(code).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .contains("the key bundle could not be written out; nothing keeps it, make another")
                .doesNotContain("Fingerprint");
    }

    @Test
    void refusesAnAlgorithmAndAnIdThatDoNotExist() {
        var file = directory.resolve("keys.json").toString();
        assertThat(Typed.of("keygen", "--out", file, "--algorithm", "ROT13").err())
                .contains("AES256_GCM or XAES");
        assertThat(Typed.of("keygen", "--out", file, "--bundle", "Größe").code())
                .isEqualTo(2);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void makesABundleWhereThePlanSays() throws IOException {
        var file = directory.resolve("keys.json");
        var plan = plan("{ provider: file, ref: '%s' }".formatted(file));
        var typed = Typed.of("keygen", "--plan", plan.toString());
        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("Key bundle sealway is in file %s.".formatted(file));
        assertNoKeyMaterial(Files.readString(file), typed.out() + typed.err());
        assertThat(Typed.of("keygen", "--plan", plan.toString()).code()).isEqualTo(3);
    }

    @Test
    void refusesAPlaceThatCannotBeWritten() throws IOException {
        var typed = Typed.of(
                "keygen", "--plan", plan("{ provider: env, ref: KEYS }").toString());
        assertThat(typed.code()).isEqualTo(3);
        assertThat(typed.err()).contains("environment variable KEYS cannot be written from here");
    }

    @Test
    void makesABundleInAPlaceOfAProvider() {
        var file = directory.resolve("keys.json");
        assertThat(Typed.of("keygen", "--provider", "file", "--ref", file.toString())
                        .code())
                .isZero();
        assertThat(file).exists();
        assertThat(Typed.of("keygen", "--provider", "safe", "--ref", "x").err())
                .contains("provider: unknown provider 'safe'");
    }

    @Test
    void makesABundleInVault() {
        try (var vault = FakeVault.start()) {
            var environment = Map.of("VAULT_ADDR", vault.address(), "VAULT_TOKEN", vault.rootToken());
            String[] command = {"keygen", "--provider", "vault-kv", "--ref", "shop/keys", "--set", "field=bundle"};
            var typed = Typed.with(environment, command);
            assertThat(typed.code()).isZero();
            assertThat(typed.out()).contains("Key bundle sealway is in vault-kv shop/keys.");
            assertThat(vault.requests("POST", "secret/data/shop/keys")).isEqualTo(1);
            assertThat(Typed.with(environment, command).code()).isEqualTo(3);
        }
    }

    @Test
    void takesSettingsByTheLawOfAPlan() {
        var typed = Typed.of(
                "keygen", "--provider", "vault-kv", "--ref", "a\": b", "--set", "token=CANARY", "--set", "filed=x");
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err())
                .contains(
                        "this is no place for keys, nothing was made:",
                        "filed: unknown key; did you mean 'field'?",
                        "token: the plan names the place of a secret, it never holds one",
                        "ref: is not the path of a secret")
                .doesNotContain("CANARY");
    }

    @Test
    void wantsExactlyOnePlace() {
        var file = directory.resolve("keys.json").toString();
        assertThat(Typed.of("keygen").code()).isEqualTo(2);
        assertThat(Typed.of("keygen", "--out", file, "--stdout").code()).isEqualTo(2);
        assertThat(Typed.of("keygen", "--out", file, "--plan", file).code()).isEqualTo(2);
        assertThat(Typed.of("keygen", "--provider", "file").code()).isEqualTo(2);
        assertThat(Typed.of("keygen", "--out", file, "--provider", "file", "--ref", file)
                        .code())
                .isEqualTo(2);
        assertThat(directory).isEmptyDirectory();
    }

    private Path plan(String keys) throws IOException {
        return Files.writeString(
                directory.resolve("sealway.yaml"),
                "sealway: 1\nname: shop\nkeys: %s\ntables: { public.t: { columns: { c: {} } } }\n".formatted(keys));
    }

    private static void assertNoKeyMaterial(String bundle, String told) {
        assertThat(material(bundle)).isNotEmpty().allSatisfy(m -> assertThat(told)
                .doesNotContain(m));
    }

    /** The beginning of each key in a bundle's text. */
    static List<String> material(String bundle) {
        var values = List.of(bundle.split("\"value\":\""));
        return values.subList(1, values.size()).stream()
                .map(v -> v.substring(0, 16))
                .toList();
    }
}
