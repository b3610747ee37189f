package dev.sealway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditAnchorTest {

    private static final AuditHead FIRST = new AuditHead(12, "ab".repeat(32));
    private static final AuditHead SECOND = new AuditHead(30, "cd".repeat(32));

    @TempDir
    private Path directory;

    @Test
    void readsWhatItKept() throws IOException {
        Path file = directory.resolve("heads.txt");
        AuditAnchor anchor = new AuditAnchor(file);
        anchor.append(FIRST);
        anchor.append(SECOND);
        assertThat(anchor.heads()).containsExactly(FIRST, SECOND);
        assertThat(Files.readAllLines(file)).containsExactly(FIRST.toString(), SECOND.toString());
    }

    @Test
    void readsTheLogOfAJob() throws IOException {
        Path log = Files.writeString(
                directory.resolve("job.log"), "Successful: 2\r\n[INFO] Drop: %s\r\nnothing here\n".formatted(FIRST));
        assertThat(new AuditAnchor(log).heads()).containsExactly(FIRST);
    }

    @Test
    void refusesAHeadThatIsNotWhole() throws IOException {
        Path file = Files.writeString(
                directory.resolve("heads.txt"), FIRST + "\n" + SECOND.toString().substring(0, 70) + "\n");
        assertThatThrownBy(() -> new AuditAnchor(file).heads())
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("heads.txt, line 2: this audit head is not whole");
    }

    @Test
    void refusesAFileWithoutHeads() throws IOException {
        Path file = Files.writeString(directory.resolve("heads.txt"), "nothing\n");
        assertThatThrownBy(() -> new AuditAnchor(file).heads()).hasMessageContaining("names no audit head");
        assertThatThrownBy(() -> new AuditAnchor(directory.resolve("missing")).heads())
                .hasMessageContaining("cannot be read");
    }

    @Test
    void tellsAHeadThatItCannotKeep() {
        assertThatThrownBy(() -> new AuditAnchor(directory.resolve("no/such/directory")).append(FIRST))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining(FIRST.toString());
    }
}
