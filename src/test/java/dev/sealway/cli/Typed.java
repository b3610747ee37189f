package dev.sealway.cli;

import dev.sealway.cli.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A command line that was typed, and what came back.
 *
 * @param code the exit code
 */
public record Typed(int code, String out, String err) {
    /** Without a terminal and with an empty environment. */
    public static Typed of(String... arguments) {
        return with(Map.of(), arguments);
    }

    public static Typed with(Map<String, String> environment, String... arguments) {
        return with(environment, duration -> {}, arguments);
    }

    static Typed with(Map<String, String> environment, Surroundings.Pause pause, String... arguments) {
        return with(environment, pause, () -> false, arguments);
    }

    /** Where the process is told to end before it begins. */
    static Typed stopped(Map<String, String> environment, String... arguments) {
        return with(environment, duration -> {}, () -> true, arguments);
    }

    private static Typed with(
            Map<String, String> environment, Surroundings.Pause pause, BooleanSupplier stopping, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var console = new Console(stream(out), stream(err), false, false);
        var code = Main.run(new Surroundings(console, environment, Clock.systemUTC(), pause, stopping), arguments);
        return new Typed(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** Waits for nothing, and is interrupted at the third time. */
    static Surroundings.Pause twice() {
        return new Surroundings.Pause() {
            private int left = 2;

            @Override
            public void of(Duration duration) throws InterruptedException {
                if (left-- == 0) {
                    throw new InterruptedException();
                }
            }
        };
    }
}
