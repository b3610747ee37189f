package dev.sealway.cli;

import dev.sealway.cli.console.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** A command line that cannot be understood: one sentence, what was perhaps meant, and where the help is. */
final class WrongUsage implements CommandLine.IParameterExceptionHandler {
    /** A long name up to what may be its value, or one letter, which a value may follow at once. */
    private static final Pattern OPTION = Pattern.compile("--[A-Za-z][A-Za-z0-9-]*|-[A-Za-z]");

    private static final Pattern URL = Pattern.compile("(?:--[^=]*=)?(?:jdbc:)?postgres(?:ql)?://");

    @Override
    public int handleParseException(CommandLine.ParameterException thrown, String[] arguments) {
        CommandLine command = thrown.getCommandLine();
        var console = SealwayCommand.surroundings(command.getCommandSpec()).console();
        String message = thrown instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unknown(command, unmatched.getUnmatched())
                : String.valueOf(thrown.getMessage()).replaceFirst("^Error: ", "");
        console.error(withoutPasswords(message));
        CommandLine.UnmatchedArgumentException.printSuggestions(thrown, command.getErr());
        console.progress("Run '%s --help' for its options."
                .formatted(command.getCommandSpec().qualifiedName()));
        return CommandLine.ExitCode.USAGE;
    }

    /** Any word of these may be a secret that followed an unknown option, so few are quoted. */
    private static String unknown(CommandLine command, List<String> arguments) {
        List<String> quoted = new ArrayList<>();
        int others = 0;
        for (String argument : arguments) {
            boolean verb =
                    quoted.isEmpty() && others == 0 && !command.getSubcommands().isEmpty();
            Matcher option = OPTION.matcher(argument);
            if (URL.matcher(argument).lookingAt() || (verb && !argument.startsWith("-"))) {
                quoted.add(argument);
            } else if (option.lookingAt()) {
                quoted.add(option.group());
            } else {
                others++;
            }
        }
        List<String> faults = new ArrayList<>();
        if (!quoted.isEmpty()) {
            faults.add("does not know " + String.join(", ", quoted));
        }
        if (others > 0) {
            faults.add("has %s too many, not shown as it may be a secret".formatted(Figures.count(others, "argument")));
        }
        return "'%s' %s".formatted(command.getCommandSpec().qualifiedName(), String.join(", and ", faults));
    }

    /** What cannot be understood is quoted, and may be a URL that stands where no option was. */
    private static String withoutPasswords(String message) {
        return message.replaceAll("(://[^:/@\\s]*):\\S*@", "$1:***@").replaceAll("(?i)(password=)[^&\\s']*", "$1***");
    }
}
