package dev.sealway.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void writesPlainLinesWhereNobodyWatches() {
        var console = console(false, false);
        console.done("Added column public.users.email_encrypted");
        console.error("nothing was changed");
        assertThat(text(out)).isEqualTo("✓ Added column public.users.email_encrypted\n");
        assertThat(text(err)).isEqualTo("error: nothing was changed\n");
    }

    @Test
    void coloursOnlyWhereItMay() {
        console(true, true).done("a");
        assertThat(text(out)).contains("\u001b[32m✓\u001b[0m a");
        assertThat(Console.system(Map.of("NO_COLOR", "1")).isColoured()).isFalse();
    }

    @Test
    void leavesTheStandardOutputToADocument() {
        console(false, false).besideADocument().line("on the side");
        assertThat(text(out)).isEmpty();
        assertThat(text(err)).isEqualTo("on the side\n");
    }

    @Test
    void tellsOfLongWorkEveryFewSeconds() {
        var clock = new Clock[] {Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)};
        var progress = new ProgressLines(console(false, false), new Moving(clock));
        progress.began("backfill public.users", 1000);
        progress.advanced("backfill public.users", 100);
        clock[0] = Clock.offset(clock[0], Duration.ofSeconds(10));
        progress.advanced("backfill public.users", 100);
        progress.ended("backfill public.users");
        assertThat(text(err)).isEqualTo("""
                          backfill public.users: 200 of 1,000 rows, 20/s, 40 s left
                          backfill public.users: 200 rows in 10 s, 20/s
                        """);
    }

    @Test
    void showsABarOnATerminal() {
        var progress = ProgressDisplay.on(console(true, false), Map.of("COLUMNS", "70"), Clock.systemUTC());
        progress.began("backfill public.users", 10);
        progress.advanced("backfill public.users", 25);
        progress.done("Built an index");
        progress.ended("backfill public.users");
        assertThat(text(err)).contains("backfill public.users", "100%", "25/25").doesNotContain("\u001b[3");
        assertThat(text(out)).contains("✓ Built an index");
    }

    @Test
    void showsOneBarForSeveralWorksAtOnce() {
        var progress = ProgressDisplay.on(console(true, false), Map.of("COLUMNS", "90"), Clock.systemUTC());
        progress.began("backfill public.a", 10);
        progress.began("backfill public.b", 20);
        progress.began("backfill public.c", 30);
        progress.advanced("backfill public.b", 5);
        progress.ended("backfill public.c");
        assertThat(text(err)).doesNotContain("public.b", "public.c");
        progress.advanced("backfill public.a", 10);
        progress.ended("backfill public.a");
        progress.advanced("backfill public.b", 15);
        progress.ended("backfill public.b");
        assertThat(text(err)).contains("10/10", "public.b", "20/20").doesNotContain("public.c");
    }

    private Console console(boolean terminal, boolean colour) {
        return new Console(stream(out), stream(err), terminal, colour);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static final class Moving extends Clock {
        private final Clock[] now;

        private Moving(Clock[] now) {
            this.now = now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now[0].instant();
        }
    }
}
