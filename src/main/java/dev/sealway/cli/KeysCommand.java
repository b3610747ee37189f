package dev.sealway.cli;

import dev.sealway.cli.report.KeysText;
import dev.sealway.workflow.DestroyTerms;
import dev.sealway.workflow.KeyChange;
import dev.sealway.workflow.KeyRotation;
import dev.sealway.workflow.KeyStatusReport;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands, in the order of a key's life:%n",
        description = {
            "Rotates the keys that seal, and tells what each of them sealed.",
            "",
            "add, give the new bundle to every reader, promote, reencrypt, disable, wait, destroy. Each step refuses",
            "with exit code 3 until its time has come. No key is ever printed."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway keys status", "  sealway keys add", "  sealway keys promote --key 1234567890"},
        subcommands = {
            KeysCommand.Status.class,
            KeysCommand.Add.class,
            KeysCommand.Promote.class,
            KeysReencryptCommand.class,
            TokensCommand.class,
            KeysCommand.Disable.class,
            KeysCommand.Enable.class,
            KeysCommand.Destroy.class,
            KeysCommand.Attest.class
        })
final class KeysCommand implements Runnable {
    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "a command is missing; 'sealway keys --help' lists them");
    }

    /** What they have in common. */
    abstract static class OnKeys implements Callable<Integer> {
        @Mixin
        private PlanOptions plan;

        @Mixin
        private ReportOptions output;

        Integer print(Function<KeyRotation, KeyChange> change) {
            return print(change, KeysText::lines);
        }

        <R> Integer print(Function<KeyRotation, R> work, Function<R, List<String>> lines) {
            plan.report(output, sealway -> work.apply(sealway.keys()), lines);
            return 0;
        }
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description = {
                "Tells which keys there are, how many rows each of them has, and what comes next.",
                "",
                "Counts every row of every registered column, so it reads whole tables; it writes nothing."
            })
    static final class Status extends OnKeys {
        @Override
        public Integer call() {
            return print(KeyRotation::status, (KeyStatusReport report) -> KeysText.lines(report));
        }
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description = {
                "Puts a fresh key into the bundle, beside the one that seals.",
                "",
                "It seals nothing until it is promoted. An environment variable cannot be changed from here: --out."
            })
    static final class Add extends OnKeys {
        @Option(names = "--keyset", paramLabel = "NAME", description = "Into this keyset. Default: every data keyset.")
        private @Nullable String keyset;

        @Mixin
        private KeepingOptions keeping;

        @Override
        public Integer call() {
            return print(keys -> keys.add(Optional.ofNullable(keyset), keeping.keeping()));
        }
    }

    @Command(
            name = "promote",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description = {
                "Makes a key the one that seals.",
                "",
                "Refused until the key is known for a while: an application with an older bundle could not read what it",
                "seals. Search tokens rotate another way."
            })
    static final class Promote extends OnKeys {
        @Mixin
        private KeyOptions key;

        @Mixin
        private KeepingOptions keeping;

        @Option(
                names = "--min-age",
                paramLabel = "TIME",
                defaultValue = "24h",
                converter = Age.class,
                description = "How long the key must be known here. Default: ${DEFAULT-VALUE}.")
        private Duration minAge;

        @Option(names = "--readers-confirmed", description = "State that every reader has the bundle with this key.")
        private boolean readersConfirmed;

        @Override
        public Integer call() {
            return print(keys -> keys.promote(key.name(), minAge, readersConfirmed, keeping.keeping()));
        }
    }

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description = {
                "Keeps a key in the bundle, where it opens nothing any more.",
                "",
                "Refused while a single row has it. 'sealway keys enable' takes it back."
            })
    static final class Disable extends OnKeys {
        @Mixin
        private KeyOptions key;

        @Mixin
        private KeepingOptions keeping;

        @Override
        public Integer call() {
            return print(keys -> keys.disable(key.name(), keeping.keeping()));
        }
    }

    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description = "Lets a disabled key open again.")
    static final class Enable extends OnKeys {
        @Mixin
        private KeyOptions key;

        @Mixin
        private KeepingOptions keeping;

        @Override
        public Integer call() {
            return print(keys -> keys.enable(key.name(), keeping.keeping()));
        }
    }

    @Command(
            name = "destroy",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description = {
                "Removes a disabled key from the bundle for ever.",
                "",
                "Refused while a row or an encrypted export has it, before it was disabled for a while, and without the",
                "phrase, which the refusal names."
            })
    static final class Destroy extends OnKeys {
        @Mixin
        private KeyOptions key;

        @Mixin
        private KeepingOptions keeping;

        @Option(
                names = "--min-age",
                paramLabel = "TIME",
                defaultValue = "7d",
                converter = Age.class,
                description = "How long the key must be disabled. Default: ${DEFAULT-VALUE}.")
        private Duration minAge;

        @Option(
                names = "--backups-older-than",
                paramLabel = "DATE",
                description = "State that no backup of the database from before this day is kept any more.")
        private @Nullable LocalDate backups;

        @Option(
                names = "--confirm",
                paramLabel = "PHRASE",
                defaultValue = "",
                showDefaultValue = CommandLine.Help.Visibility.NEVER,
                description = "The phrase that the refusal names.")
        private String phrase;

        @Override
        public Integer call() {
            DestroyTerms terms = new DestroyTerms(minAge, Optional.ofNullable(backups), phrase);
            return print(keys -> keys.destroy(key.name(), terms, keeping.keeping()));
        }
    }

    @Command(
            name = "attest",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description =
                    "Writes down that a copy of the key bundle is kept off line, by whom it was said, and where it is.")
    static final class Attest extends OnKeys {
        @Option(
                names = "--offline-copy",
                paramLabel = "WHERE",
                required = true,
                description = "Where the copy is, in words that are no secret.")
        private String where;

        @Option(names = "--dry-run", description = "Only look whether the bundle can be had.")
        private boolean dryRun;

        @Override
        public Integer call() {
            return print(keys -> keys.attest(where, dryRun), KeysText::lines);
        }
    }
}
