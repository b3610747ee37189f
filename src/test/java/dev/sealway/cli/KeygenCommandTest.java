package dev.sealway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void refusesAnAlgorithmAndAnIdThatDoNotExist() {
        var file = directory.resolve("keys.json").toString();
        assertThat(Typed.of("keygen", "--out", file, "--algorithm", "ROT13").err())
                .contains("AES256_GCM or XAES");
        assertThat(Typed.of("keygen", "--out", file, "--bundle", "Größe").code())
                .isEqualTo(2);
        assertThat(directory).isEmptyDirectory();
    }

    private static void assertNoKeyMaterial(String bundle, String told) {
        var values = bundle.split("\"value\":\"");
        assertThat(values).hasSizeGreaterThan(1);
        List.of(values).subList(1, values.length).forEach(v -> assertThat(told).doesNotContain(v.substring(0, 16)));
    }
}
