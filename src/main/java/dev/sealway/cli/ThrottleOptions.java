package dev.sealway.cli;

import dev.sealway.Sealway;
import dev.sealway.throttle.Limits;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much a run may burden the server before it slows down. */
final class ThrottleOptions {
    private static final long MEGABYTE = 1_000_000;
    private static final String OFF = "off";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private Limits limits = Limits.USUAL;
    private OptionalInt rowsPerSecond = OptionalInt.empty();

    @Option(
            names = "--max-lag",
            paramLabel = "SECONDS",
            description = "Slow down while a replica is further behind. Default: 60; 'off' does not look.")
    void lag(String seconds) {
        limits = new Limits(
                number("--max-lag", seconds).map(Duration::ofSeconds),
                limits.walPerSecond(),
                limits.deadPercent(),
                limits.waiting());
    }

    @Option(
            names = "--max-wal-rate",
            paramLabel = "MB",
            description = "Slow down while the server writes more megabytes of WAL in a second. Default: off.")
    void wal(String megabytes) {
        Optional<Long> most = number("--max-wal-rate", megabytes);
        limits = new Limits(
                limits.lag(),
                most.isPresent() ? OptionalLong.of(most.get() * MEGABYTE) : OptionalLong.empty(),
                limits.deadPercent(),
                limits.waiting());
    }

    @Option(
            names = "--max-dead",
            paramLabel = "PERCENT",
            description = "Slow down while more rows of a table are dead and wait for vacuum. Default: off.")
    void dead(String percent) {
        limits =
                new Limits(limits.lag(), limits.walPerSecond(), whole(number("--max-dead", percent)), limits.waiting());
    }

    @Option(
            names = "--max-waiting",
            paramLabel = "SESSIONS",
            description = "Slow down while more sessions wait for locks of this run. Default: 1; 'off' does not look.")
    void waiting(String sessions) {
        limits = new Limits(
                limits.lag(), limits.walPerSecond(), limits.deadPercent(), whole(number("--max-waiting", sessions)));
    }

    @Option(
            names = "--rows-per-second",
            paramLabel = "ROWS",
            description = "Walk at most so many rows in a second. Default: no limit.")
    void rows(int most) {
        if (most < 1) {
            throw new ParameterException(command.commandLine(), "--rows-per-second wants a whole number, 1 or more");
        }
        rowsPerSecond = OptionalInt.of(most);
    }

    void tune(Sealway.Builder builder) {
        builder.throttle(limits);
        rowsPerSecond.ifPresent(builder::rowsPerSecond);
    }

    private static OptionalInt whole(Optional<Long> number) {
        return number.isPresent() ? OptionalInt.of(Math.toIntExact(number.get())) : OptionalInt.empty();
    }

    private Optional<Long> number(String option, @Nullable String text) {
        if (OFF.equals(text)) {
            return Optional.empty();
        }
        if (text == null || !text.matches("[0-9]{1,9}")) {
            throw new ParameterException(command.commandLine(), "%s wants a whole number, or 'off'".formatted(option));
        }
        return Optional.of(Long.parseLong(text));
    }
}
