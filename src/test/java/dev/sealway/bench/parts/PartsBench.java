package dev.sealway.bench.parts;

import dev.sealway.batch.BatchParts;
import dev.sealway.bench.Figure;
import dev.sealway.bench.MarkdownTable;
import dev.sealway.json.Json;
import dev.sealway.json.RecordJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What sealing, opening, tokens, encoding and the making of a batch cost by themselves, on one thread each:
 * {@code make bench-parts}. Every part runs in a JVM of its own.
 */
public final class PartsBench {

    /** A method that measures, and what it is called in tables. */
    private record Measured(Class<?> type, String method, String words) {

        String benchmark() {
            return "%s.%s".formatted(type.getName(), method);
        }
    }

    private static final List<Measured> ALL = List.of(
            new Measured(ValueParts.class, "seal", "seal a value of 30 bytes"),
            new Measured(ValueParts.class, "open", "open a value of 30 bytes"),
            new Measured(ValueParts.class, "token", "search token of an e-mail address"),
            new Measured(ValueParts.class, "evidence", "evidence of a value of 30 bytes"),
            new Measured(ValueParts.class, "pad", "pad a value of 30 bytes to 32"),
            new Measured(ValueParts.class, "associatedDataOfRow", "associated data of a row"),
            new Measured(BatchParts.class, "seal", "seal a row of 4 columns and a token, in a batch of 1,000"),
            new Measured(BatchParts.class, "arrays", "make a row part of the arrays that are written"),
            new Measured(ProofParts.class, "verifyRow", "verify a row of 4 columns and a token, without reading it"));

    private PartsBench() {}

    /** Argument: the file for JSON (default target/bench/parts.json); parts.md goes beside it. */
    public static void main(String[] args) throws Exception {
        Path json =
                Path.of(args.length > 0 ? args[0] : "target/bench/parts.json").toAbsolutePath();
        List<Part> parts = run();
        String table = table(parts);
        write(json, Json.pretty(RecordJson.of(parts)) + "\n");
        write(json.resolveSibling("parts.md"), table);
        System.out.print(table);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    /**
     * Measures every part, a minute and a half in all.
     *
     * @throws RunnerException if one of them fails
     */
    public static List<Part> run() throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        ALL.forEach(m -> options.include("^%s$".formatted(Pattern.quote(m.benchmark()))));
        options.forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .jvmArgs("-Xmx256m")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        return inOrder(new Runner(options.build())
                .run().stream()
                        .collect(Collectors.toMap(r -> r.getParams().getBenchmark(), RunResult::getPrimaryResult)));
    }

    private static List<Part> inOrder(Map<String, Result<?>> results) {
        List<Part> parts = new ArrayList<>();
        for (Measured measured : ALL) {
            Result<?> result = results.get(measured.benchmark());
            if (result == null) {
                throw new IllegalStateException("%s was not measured".formatted(measured.benchmark()));
            }
            parts.add(new Part(measured.words, rounded(result.getScore()), rounded(result.getScoreError())));
        }
        return parts;
    }

    private static double rounded(double value) {
        return Math.round(value * 1e3) / 1e3;
    }

    /** As markdown. */
    public static String table(List<Part> parts) {
        MarkdownTable table = MarkdownTable.of("part", "µs", "error");
        parts.forEach(p -> table.row(
                p.name(), Figure.decimal(3, p.microseconds()), "± %s".formatted(Figure.decimal(3, p.error()))));
        return table.toString();
    }
}
