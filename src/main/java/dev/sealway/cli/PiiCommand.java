package dev.sealway.cli;

import dev.sealway.Sealway;
import dev.sealway.cli.console.Console;
import dev.sealway.cli.console.ProgressDisplay;
import dev.sealway.cli.pii.BatchLines;
import dev.sealway.cli.pii.EnvironmentCheck;
import dev.sealway.cli.pii.InPlaceReport;
import dev.sealway.cli.pii.InPlaceRun;
import dev.sealway.cli.pii.PlannedType;
import dev.sealway.config.Wiring;
import dev.sealway.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "pii",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Encrypts tables in place with Vault Transit, in one go.",
            "",
            "Checks the environment and the plan, exports what is there into encrypted files, encrypts batch by batch,",
            "and decrypts every row for proof. Run again it encrypts what is left; a run with nothing left writes no row.",
            "'sealway rollback' decrypts in place."
        },
        footerHeading = "%nEnvironment, where the plan is silent:%n",
        footer = {
            "  DATABASE_URL, VAULT_ADDR, VAULT_TOKEN, VAULT_TRANSIT_KEY",
            "",
            "Examples:",
            "  sealway pii --type all",
            "  sealway pii --type users --type guest-orders --batch-size 50",
            "  sealway pii -type=tenant-configs --dry-run"
        })
final class PiiCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Spec
    private CommandSpec command;

    @Option(
            names = {"--type", "-type"},
            required = true,
            paramLabel = "TYPE",
            description = "A table of the plan, with hyphens for underscores (users, guest-orders, tenant-configs), or "
                    + "all; may be repeated.")
    private Set<String> types;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            defaultValue = "db/pii/sealway.yaml",
            description = "The plan, all of whose tables are in place. Default: ${DEFAULT-VALUE}.")
    private Path planFile;

    @Option(
            names = "--backup-dir",
            paramLabel = "DIRECTORY",
            defaultValue = "backups",
            description = "Where the encrypted exports go; made, for its owner alone, if it is not there. Default: "
                    + "${DEFAULT-VALUE}.")
    private Path backups;

    @Option(names = "--dry-run", description = "Check everything, and only print what would be done.")
    private boolean dryRun;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private BatchOptions batch;

    @Mixin
    private WorkerOptions workers;

    @Mixin
    private ReportOptions output;

    @Override
    public Integer call() {
        Surroundings surroundings = SealwayCommand.surroundings(command);
        Console console = surroundings.console();
        Console told = output.beside(console);
        Plan plan = Wiring.read(planFile);
        List<PlannedType> chosen = PlannedType.chosen(plan, types);
        new EnvironmentCheck(plan, surroundings.environment(), told)
                .run(database.source(surroundings), () -> database.target(surroundings));
        InPlaceRun run = new InPlaceRun(open(plan, surroundings, told, chosen), told);
        if (dryRun) {
            output.preview(console, "pii", run.preview(chosen, backups));
            return 0;
        }
        InPlaceReport report = run.run(chosen, backups);
        output.print(console, report, report.lines());
        return report.passed() ? 0 : FAILED;
    }

    private Sealway open(Plan plan, Surroundings surroundings, Console told, List<PlannedType> chosen) {
        Sealway.Builder builder = Sealway.plan(plan)
                .environment(surroundings.environment())
                .progress(new BatchLines(
                        told, ProgressDisplay.on(told, surroundings.environment(), surroundings.clock()), chosen));
        batch.tune(builder);
        workers.tune(builder);
        return Opening.open(builder, database, Opening.anchor(surroundings), surroundings);
    }
}
