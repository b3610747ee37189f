package dev.sealway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyTest {

    @TempDir
    private Path target;

    @Test
    void sumsWhatTheProcessesOfARunCounted() throws IOException {
        Count first = count(7, 10, "SIGKILL");
        Tally.tell(first, target, "run: 1", "100");
        first.faults("network cut", 2);
        Tally.tell(first, target, "run: 1", "100");
        Tally.tell(count(7, 1000, "network cut"), target, "an older run", "99");

        Tally.tell(count(7, 20, "SIGKILL"), target, "run: 1", "101");
        assertThat(target.resolve("chaos.txt"))
                .hasContent(
                        "faults injected and survived: 4 (SIGKILL 2, network cut 2); rows compared: 30; lost 2, stale 4, sealed twice 0, plaintext in output 6; seed 7");
    }

    @Test
    void tellsEverySeed() throws IOException {
        Tally.tell(count(7, 1, "SIGKILL"), target, "run", "100");
        assertThat(Tally.tell(count(8, 1, "SIGKILL"), target, "run", "101")).endsWith("; seed 7, 8");
    }

    private static Count count(long seed, long rows, String kind) {
        Count count = new Count();
        count.faults(kind, 1);
        count.compared(new Compared(rows, List.of("a"), List.of("b", "c"), List.of()), 3);
        count.seed(seed);
        return count;
    }
}
