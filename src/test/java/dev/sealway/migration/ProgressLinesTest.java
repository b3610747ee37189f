package dev.sealway.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Progress progress = new ProgressLines(lines::add, nanos::get);

    @Test
    void tellsLongWorkEveryFiveSeconds() {
        progress.began("backfill public.users", 100_000);
        for (int second = 1; second <= 12; second++) {
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
            progress.advanced("backfill public.users", 2_000);
        }
        progress.ended("backfill public.users");

        assertThat(lines)
                .containsExactly(
                        "backfill public.users: 10,000 of 100,000 rows (10%), 2,000 rows/s",
                        "backfill public.users: 20,000 of 100,000 rows (20%), 2,000 rows/s",
                        "backfill public.users: 24,000 of 100,000 rows (24%), 2,000 rows/s, done");
    }

    @Test
    void tellsStepsAndNoticesAtOnce() {
        progress.done("Added column public.users.email_encrypted");
        progress.notice("the server is a standby");

        assertThat(lines).containsExactly("Added column public.users.email_encrypted", "Note: the server is a standby");
    }

    @Test
    void claimsNoShareOfATotalThatWasTooLow() {
        progress.began("verify public.users", 10);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        progress.advanced("verify public.users", 20);
        progress.ended("verify public.users");

        assertThat(lines).containsExactly("verify public.users: 20 rows, 20 rows/s, done");
    }

    @Test
    void ignoresWorkThatNeverBegan() {
        progress.advanced("verify public.users", 20);
        progress.ended("verify public.users");

        assertThat(lines).isEmpty();
    }
}
