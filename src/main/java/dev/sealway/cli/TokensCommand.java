package dev.sealway.cli;

import dev.sealway.workflow.TokensFlow;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "tokens",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands, in the order of a rotation:%n",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Moves search tokens to another key, by way of a second column.",
            "",
            "Tokens made under different keys do not find each other, so they do not change in place: the new ones are",
            "made beside the old ones, and uniqueness rests on both until the old ones are dropped."
        },
        subcommands = {
            TokensCommand.Start.class,
            TokensCommand.Status.class,
            TokensCommand.Switch.class,
            TokensCommand.Finish.class,
            TokensCommand.Abandon.class
        })
final class TokensCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing; 'sealway keys tokens --help' lists them");
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description = {
                "Adds a column for tokens under another key, fills it and builds its indexes.",
                "",
                "Run again, it continues, and catches up with rows that applications wrote which know only the old",
                "token. The key must be in keyset token/default of the bundle."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  sealway keys tokens start", "  sealway keys tokens start --column public.users.email"})
    static final class Start implements Callable<Integer> {
        @Mixin
        private TokensOptions options;

        @Mixin
        private BatchOptions batch;

        @Mixin
        private WorkerOptions workers;

        @Option(
                names = "--key",
                paramLabel = "ID",
                description = "The key that is to make the new tokens. Default: the one that was added last.")
        private @Nullable Long key;

        @Override
        public Integer call() {
            OptionalLong wanted = key == null ? OptionalLong.empty() : OptionalLong.of(key);
            return options.run((tokens, selection) -> tokens.start(selection, wanted), builder -> {
                batch.tune(builder);
                workers.tune(builder);
            });
        }
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description = "Tells which key makes the tokens of each column, and how far a rotation has come.",
            footerHeading = "%nExamples:%n",
            footer = {"  sealway keys tokens status", "  sealway keys tokens status --json"})
    static final class Status implements Callable<Integer> {
        @Mixin
        private TokensOptions options;

        @Override
        public Integer call() {
            return options.run(TokensFlow::status);
        }
    }

    @Command(
            name = "switch",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description = {
                "Makes the new tokens the registered ones. Refused while a row lacks its new token.",
                "",
                "The old tokens stay, and are still to be written, until 'finish'."
            },
            footerHeading = "%nExamples:%n",
            footer = "  sealway keys tokens switch")
    static final class Switch implements Callable<Integer> {
        @Mixin
        private TokensOptions options;

        @Override
        public Integer call() {
            return options.run(TokensFlow::switchOver);
        }
    }

    @Command(
            name = "finish",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description = {
                "Drops the old tokens, with their indexes. Refused while a row lacks its new token.",
                "",
                "Without the right phrase it is refused with exit code 3, and the phrase is named."
            },
            footerHeading = "%nExamples:%n",
            footer = "  sealway keys tokens finish --confirm \"drop token column public.users.email_search\"")
    static final class Finish implements Callable<Integer> {
        @Mixin
        private TokensOptions options;

        @Option(
                names = "--confirm",
                paramLabel = "PHRASE",
                defaultValue = "",
                showDefaultValue = CommandLine.Help.Visibility.NEVER,
                description = "The phrase that 'sealway keys tokens status' prints.")
        private String phrase;

        @Override
        public Integer call() {
            return options.run((tokens, selection) -> tokens.finish(selection, phrase));
        }
    }

    @Command(
            name = "abandon",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description = "Drops the new tokens again, as long as they were not switched to.",
            footerHeading = "%nExamples:%n",
            footer = "  sealway keys tokens abandon --column public.users.email")
    static final class Abandon implements Callable<Integer> {
        @Mixin
        private TokensOptions options;

        @Override
        public Integer call() {
            return options.run(TokensFlow::abandon);
        }
    }
}
