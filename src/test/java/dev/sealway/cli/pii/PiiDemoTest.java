package dev.sealway.cli.pii;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.vault.FakeVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make pii-demo} shows; it prints with {@code -Dpii.demo}. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class PiiDemoTest {
    private static final Path PAGE = Path.of("docs/how-to/transit-in-place.md");
    private static final Pattern TOLD = Pattern.compile("<!-- told -->\n```text\n(.*?)\n```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    @DisplayName("T56 a second run writes no row")
    void encryptsTheExampleProvesItAndTakesItBack(TestDatabase database) throws Exception {
        List<String> told;
        try (FakeVault vault = FakeVault.start()) {
            told = new PiiDemo(database, vault, directory.resolve("backups"), PiiDemoTest::show).play();
        }

        assertThat(told)
                .contains(
                        "✓ VAULT_TOKEN set",
                        "✓ VAULT_TRANSIT_KEY pos-encryption-key: exists, aes256-gcm96, version 1",
                        "  users: batch 3: 100 rows encrypted, 300/1234",
                        "Every proof held")
                .anyMatch(line -> line.startsWith("✓ DATABASE_URL ok: "))
                .anyMatch(line -> line.startsWith("✓ VAULT_ADDR http://127.0.0.1:"));
        assertThat(String.join("\n", told))
                .contains("users\n  Total encrypted: 1234\n  Skipped (already encrypted): 0\n  Failed: 0\n")
                .contains("guest-orders\n  Total encrypted: 600\n  Skipped (already encrypted): 0\n  Failed: 0\n")
                .contains("users\n  Total encrypted: 0\n  Skipped (already encrypted): 1234\n  Failed: 0\n")
                .contains("tenant-configs\n  Total encrypted: 119\n  Skipped (already encrypted): 19\n  Failed: 0\n")
                .contains("\n\nTotal encrypted: 0\nSkipped (already encrypted): 1972\nFailed: 0\n")
                .doesNotContain("@shop.example", "sample-server-key");
        assertThat(blocksOfThePage()).hasSize(2).allSatisfy(block -> assertThat(String.join("\n", told))
                .contains(block));
        try (Stream<Path> files = Files.list(directory.resolve("backups"))) {
            assertThat(files).hasSize(6);
        }
    }

    private static List<String> blocksOfThePage() throws IOException {
        return TOLD.matcher(Files.readString(PAGE))
                .results()
                .map(m -> m.group(1))
                .toList();
    }

    @SuppressWarnings("SystemOut")
    private static void show(String line) {
        if (System.getProperty("pii.demo") != null) {
            System.out.println(line);
        }
    }
}
