package dev.sealway.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void readsTheSameInEveryLocale() {
        assertThat(Figures.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Figures.count(1, "row")).isEqualTo("1 row");
        assertThat(Figures.count(0, "row")).isEqualTo("0 rows");
        assertThat(List.of(Figures.bytes(999), Figures.bytes(12_345), Figures.bytes(1_500_000_000L)))
                .containsExactly("999 B", "12.3 kB", "1.5 GB");
        assertThat(List.of(time(300), time(12_000), time(200_000), time(7_500_000)))
                .containsExactly("0.3 s", "12 s", "3 min 20 s", "2 h 5 min");
        assertThat(Figures.percent(99.54)).isEqualTo("99.5 %");
    }

    private static String time(long millis) {
        return Figures.time(Duration.ofMillis(millis));
    }

    @Test
    void alignsColumns() {
        assertThat(TextTable.of(1, "table", "rows")
                        .row("users", 5)
                        .row("a", "1,234")
                        .lines())
                .containsExactly("table   rows", "-----  -----", "users      5", "a      1,234");
    }
}
