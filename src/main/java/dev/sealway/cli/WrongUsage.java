package dev.sealway.cli;

import picocli.CommandLine;

/** A command line that cannot be understood: one sentence, what was perhaps meant, and where the help is. */
final class WrongUsage implements CommandLine.IParameterExceptionHandler {
    @Override
    public int handleParseException(CommandLine.ParameterException thrown, String[] arguments) {
        CommandLine command = thrown.getCommandLine();
        var console = SealwayCommand.surroundings(command.getCommandSpec()).console();
        console.error(withoutPasswords(String.valueOf(thrown.getMessage()).replaceFirst("^Error: ", "")));
        CommandLine.UnmatchedArgumentException.printSuggestions(thrown, command.getErr());
        console.progress("Run '%s --help' for its options."
                .formatted(command.getCommandSpec().qualifiedName()));
        return CommandLine.ExitCode.USAGE;
    }

    /** What cannot be understood is quoted, and may be a URL that stands where no option was. */
    private static String withoutPasswords(String message) {
        return message.replaceAll("(://[^:/@\\s]*):\\S*@", "$1:***@").replaceAll("(?i)(password=)[^&\\s']*", "$1***");
    }
}
