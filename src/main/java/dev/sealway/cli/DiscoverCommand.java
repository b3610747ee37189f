package dev.sealway.cli;

import dev.sealway.Sealway;
import dev.sealway.cli.console.Console;
import dev.sealway.cli.report.DiscoverText;
import dev.sealway.config.Wiring;
import dev.sealway.discover.live.Bounds;
import dev.sealway.workflow.DiscoverReport;
import dev.sealway.workflow.DiscoverTerms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "discover",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Looks for personal data and secrets in a live database, and proposes a plan.",
            "",
            "Judges names, types, comments and a sample of values; shows shares, never a value. Needs no plan and no keys,",
            "and changes nothing. The proposal is for review: every column has its reason beside it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealway discover --url jdbc:postgresql://localhost/shop",
            "  sealway discover --schema public --schema billing --out db/sealway.yaml",
            "  sealway discover --except db/sealway.yaml --json"
        })
final class DiscoverCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private ReportOptions output;

    @Option(
            names = "--schema",
            paramLabel = "SCHEMA",
            description = "Only this schema; may be repeated. Default: all but the system's and Sealway's.")
    private Set<String> schemas = new LinkedHashSet<>();

    @Option(
            names = "--sample",
            paramLabel = "ROWS",
            defaultValue = "1000",
            description = "Rows of each table that are read. Default: ${DEFAULT-VALUE}.")
    private int sample;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Of each statement; what takes longer is judged without it. Default: ${DEFAULT-VALUE}.")
    private int timeout;

    @Option(
            names = "--min-confidence",
            paramLabel = "PERCENT",
            defaultValue = "60",
            description =
                    "From which a column goes into the plan; others are commented out. Default: ${DEFAULT-VALUE}.")
    private int minConfidence;

    @Option(names = "--except", paramLabel = "PLAN", description = "Leave out what this plan has already.")
    private @Nullable Path except;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the plan to this new file.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Surroundings surroundings = SealwayCommand.surroundings(command);
        Console console = surroundings.console();
        Optional<NewFile> file = Optional.ofNullable(out).map(NewFile::of);
        DiscoverReport report = Sealway.discover(
                database.target(surroundings).dataSource(),
                new DiscoverTerms(
                        schemas,
                        new Bounds(sample, Duration.ofSeconds(timeout)),
                        minConfidence,
                        Optional.ofNullable(except).map(Wiring::read)));
        Optional<Path> written = file.filter(f -> report.proposed() > 0).map(f -> f.write(report.draft()));
        output.print(console, report, DiscoverText.lines(report, written));
        return 0;
    }
}
