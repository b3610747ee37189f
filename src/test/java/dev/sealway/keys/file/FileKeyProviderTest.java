package dev.sealway.keys.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.keys.KeyNotFoundException;
import dev.sealway.keys.KeyRef;
import dev.sealway.keys.KeyUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "modes are POSIX's")
class FileKeyProviderTest {

    private final FileKeyProvider provider = new FileKeyProvider();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameAFile() {
        file = directory.resolve("keys.json");
    }

    @Test
    @DisplayName("T31 a new bundle has mode 0600 and comes back as it was stored")
    void keepsABundleForItsOwnerOnly() throws IOException {
        provider.create(ref(file), material("{\"secret\":1}"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var fetched = provider.fetch(ref(file))) {
            assertThat(fetched.revealBytes()).isEqualTo("{\"secret\":1}".getBytes(UTF_8));
        }
    }

    @Test
    @DisplayName("T31 an existing file is never overwritten")
    void neverOverwrites() throws IOException {
        Files.writeString(file, "precious");

        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> provider.create(ref(file), material("CANARY")))
                .withMessage("file %s exists already, and a key bundle is never overwritten; choose another path", file)
                .satisfies(refused -> assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED));
        assertThat(file).hasContent("precious");
    }

    @Test
    void neverWritesThroughALink() throws IOException {
        Path elsewhere = directory.resolve("elsewhere");
        Files.createSymbolicLink(file, elsewhere);

        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> provider.create(ref(file), material("CANARY")));
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void asksForTheDirectory() {
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> provider.create(ref(directory.resolve("none/keys.json")), material("CANARY")))
                .withMessageEndingWith("does not exist; make it first");
    }

    @Test
    void leavesNothingBehindIfWritingFails() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
            try (var out = FileChannel.open(full, StandardOpenOption.WRITE)) {
                Files.writeString(file, "partial");
                FileKeyProvider.writeOrRemove(file, out, material("CANARY"));
            }
        });
        assertThat(file).doesNotExist();
    }

    @Test
    @DisplayName("T30 a missing file is an error, and stays missing")
    void neverMakesABundleSilently() {
        assertThatExceptionOfType(KeyNotFoundException.class)
                .isThrownBy(() -> provider.fetch(ref(file)))
                .withMessageContaining("no key bundle in file %s; one is never made silently", file);
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw---x---"})
    void refusesAFileThatOthersCanRead(String mode) throws IOException {
        Files.writeString(file, "CANARY");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        assertThatExceptionOfType(KeyUnavailableException.class)
                .isThrownBy(() -> provider.fetch(ref(file)))
                .withMessage(
                        "cannot read the key bundle in file %s: others than its owner may read or write it;"
                                + " run 'chmod 600' on it",
                        file);
    }

    @Test
    void refusesWhatIsNoBundleBySize() throws IOException {
        Files.write(file, new byte[(1 << 20) + 1]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatExceptionOfType(KeyUnavailableException.class)
                .isThrownBy(() -> provider.fetch(ref(file)))
                .withMessageContaining("it is larger than 1 MiB");
        assertThatExceptionOfType(KeyUnavailableException.class)
                .isThrownBy(() -> provider.fetch(ref(directory)))
                .withMessageContaining("it is a directory");
    }

    @Test
    void replacesABundleForItsOwnerOnly() throws IOException {
        provider.create(ref(file), material("one"));

        provider.replace(ref(file), material("two"), version());

        assertThat(file).hasContent("two");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(directory).isDirectoryNotContaining(entry -> !entry.equals(file));
    }

    @Test
    void replacesTheFileThatALinkNames() throws IOException {
        provider.create(ref(file), material("one"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        provider.replace(ref(link), material("two"), version());

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("two");
    }

    @Test
    @DisplayName("T34 another version than the expected one is not overwritten")
    void refusesToReplaceWhatSomebodyElseChanged() throws IOException {
        provider.create(ref(file), material("one"));
        String version = version();
        Files.writeString(file, "theirs");

        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> provider.replace(ref(file), material("CANARY"), version))
                .withMessage(
                        "file %s was changed by somebody else since it was read, and nothing was overwritten; begin again"
                                + " with what is there now",
                        file)
                .satisfies(refused -> assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED));
        assertThat(file).hasContent("theirs");
        assertThat(directory).isDirectoryNotContaining(entry -> !entry.equals(file));
    }

    @Test
    void refusesToReplaceBesideAnotherReplacement() throws IOException {
        provider.create(ref(file), material("one"));
        Path other = Files.writeString(directory.resolve("keys.json.new"), "half");

        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> provider.replace(ref(file), material("two"), version()))
                .withMessageContaining("another replacement of file %s is under way, or died", file);
        assertThat(file).hasContent("one");
        assertThat(other).hasContent("half");
    }

    @Test
    @DisplayName("T30 a missing file is never replaced by a bundle")
    void neverReplacesWhatIsMissing() {
        assertThatExceptionOfType(KeyNotFoundException.class)
                .isThrownBy(() -> provider.replace(ref(file), material("CANARY"), ""));
        assertThat(directory).isEmptyDirectory();
    }

    private String version() {
        try (var fetched = provider.fetch(ref(file))) {
            return fetched.version();
        }
    }

    @Test
    void refusesAReferenceThatIsNoPath() {
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> provider.fetch(KeyRef.of("a\0b")))
                .satisfies(refused -> assertThat(refused.outcome()).isEqualTo(Outcome.WRONG_USAGE));
    }

    private static KeyRef ref(Path path) {
        return KeyRef.of(path.toString());
    }

    private static KeyMaterial material(String text) {
        return KeyMaterial.owning(text.getBytes(UTF_8), "");
    }
}
