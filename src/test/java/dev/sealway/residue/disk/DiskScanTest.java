package dev.sealway.residue.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskScanTest {

    private static final RelationKinds KINDS =
            new RelationKinds(Map.of("base/5/16384", FileKind.HEAP, "base/5/16390", FileKind.INDEX));

    @TempDir
    private Path directory;

    @BeforeEach
    void makeADirectory() throws Exception {
        write("PG_VERSION", "17\n");
    }

    @Test
    void findsWhatStandsAcrossBlocks() throws Exception {
        int block = 1 << 20;
        for (int at : List.of(0, block - 4, block, 2 * block - 3, 3 * block - 8)) {
            write("base/5/16384", "canary", at, 3 * block);
            assertThat(scan("canary")).as("at %d", at).containsExactly(new DiskFinding(FileKind.HEAP, 1, 1, 1));
        }
    }

    @Test
    void countsByKindAndText() throws Exception {
        write("base/5/16384.1", "canary-1 canary-1 canary-2");
        write("base/5/16390", "canary-2");
        write("pg_wal/000000010000000000000001", "canary-1");
        write("base/pgsql_tmp/pgsql_tmp1.0", "canary-1");
        write("base/6/16384", "canary-1");
        assertThat(scan("canary-1", "canary-2", "absent"))
                .containsExactly(
                        new DiskFinding(FileKind.HEAP, 1, 3, 2),
                        new DiskFinding(FileKind.INDEX, 1, 1, 1),
                        new DiskFinding(FileKind.WAL, 1, 1, 1),
                        new DiskFinding(FileKind.TEMPORARY, 1, 1, 1),
                        new DiskFinding(FileKind.OTHER, 1, 1, 1));
    }

    @Test
    void findsNothingWhereNothingIs() throws Exception {
        write("base/5/16384", "canar");
        assertThat(scan("canary")).isEmpty();
    }

    @Test
    void takesOnlyADataDirectory() throws Exception {
        Files.delete(directory.resolve("PG_VERSION"));
        assertThatThrownBy(() -> scan("canary"))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("is not a data directory");
    }

    @Test
    void refusesTextsThatChanceWouldFindWithoutQuotingThem() {
        assertThatThrownBy(() -> Canaries.of(List.of("long enough", "xyz")))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("canary 2")
                .hasMessageNotContaining("xyz");
        assertThatThrownBy(() -> Canaries.of(List.of(" "))).hasMessageContaining("no canary");
        assertThat(Canaries.of(List.of("secret text"))).hasToString("Canaries[1]");
    }

    private List<DiskFinding> scan(String... texts) {
        return new DiskScan(directory, Canaries.of(List.of(texts)), KINDS).run();
    }

    private void write(String path, String text) throws Exception {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void write(String path, String text, int at, int length) throws Exception {
        byte[] bytes = new byte[length];
        byte[] canary = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(canary, 0, bytes, at, canary.length);
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
