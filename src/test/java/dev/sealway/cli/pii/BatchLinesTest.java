package dev.sealway.cli.pii;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.cli.console.Console;
import dev.sealway.plan.TableName;
import dev.sealway.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchLinesTest {
    private static final String WORK = "backfill public.guest_orders";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> others = new ArrayList<>();
    private final Progress lines = new BatchLines(
            new Console(new PrintStream(out, true, StandardCharsets.UTF_8), System.err, false, false),
            new Progress() {
                @Override
                public void done(String step) {
                    others.add(step);
                }

                @Override
                public void advanced(String work, long rows) {
                    others.add("%s %d".formatted(work, rows));
                }
            },
            List.of(new PlannedType("guest-orders", new TableName("public", "guest_orders"))));

    @Test
    void saysWhatEachBatchWrote() {
        lines.began(WORK, 250);
        lines.committed(WORK, 100, 100);
        lines.committed(WORK, 100, 1);
        lines.committed(WORK, 50, 0);
        lines.ended(WORK);

        assertThat(told())
                .containsExactly(
                        "  guest-orders: batch 1: 100 rows encrypted, 100/250",
                        "  guest-orders: batch 2: 1 row encrypted, 200/250",
                        "  guest-orders: batch 3: 0 rows encrypted, 250/250");
    }

    @Test
    void goesOnWhereAnEarlierRunStopped() {
        lines.began(WORK, 250);
        lines.advanced(WORK, 200);
        lines.committed(WORK, 60, 60);

        assertThat(told()).containsExactly("  guest-orders: batch 1: 60 rows encrypted, 260/260");
    }

    @Test
    void leavesOtherWorkToAnotherListener() {
        lines.began("verify public.guest_orders", 10);
        lines.committed("verify public.guest_orders", 4, 0);
        lines.done("Registered column public.guest_orders.ip_address");
        lines.ended("verify public.guest_orders");

        assertThat(told()).isEmpty();
        assertThat(others)
                .containsExactly("verify public.guest_orders 4", "Registered column public.guest_orders.ip_address");
    }

    private List<String> told() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
