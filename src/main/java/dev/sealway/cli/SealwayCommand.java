package dev.sealway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a verb; holds what all verbs need. */
@Command(
        name = "sealway",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        scope = CommandLine.ScopeType.LOCAL,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Takes a live PostgreSQL database from plaintext columns to encrypted ones, without losing a row.",
            ""
        },
        commandListHeading = "%nCommands, in the order of a migration's life:%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0 done   1 failed   2 wrong usage   3 refused by a gate",
            "",
            "The database is --url, or SEALWAY_URL or DATABASE_URL, SEALWAY_USER, SEALWAY_PASSWORD, or PGHOST, PGPORT,",
            "PGDATABASE, PGUSER, PGPASSWORD, PGSSLMODE. The plan is --plan, by default db/sealway.yaml.",
            "",
            "Begin with: sealway demo"
        },
        subcommands = {
            DiscoverCommand.class,
            KeygenCommand.class,
            PlanCommand.class,
            EstimateCommand.class,
            DoctorCommand.class,
            BackupCommand.class,
            ExpandCommand.class,
            BackfillCommand.class,
            VerifyCommand.class,
            SelfTestCommand.class,
            ViewsCommand.class,
            CutOverCommand.class,
            ContractCommand.class,
            ResidueCommand.class,
            PurgeCommand.class,
            RollbackCommand.class,
            RestoreCommand.class,
            StatusCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            CancelCommand.class,
            TuneCommand.class,
            PiiCommand.class,
            KeysCommand.class,
            AuditCommand.class,
            CertificateCommand.class,
            DemoCommand.class,
            DbCommand.class,
            CommandLine.HelpCommand.class
        })
final class SealwayCommand implements Runnable {
    static final int WIDTH = 110;

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    SealwayCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    static Surroundings surroundings(CommandSpec ofSomeCommand) {
        return ((SealwayCommand) ofSomeCommand.root().userObject()).surroundings;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing; 'sealway --help' lists them");
    }
}
