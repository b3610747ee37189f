package dev.sealway.cli;

import dev.sealway.cli.console.Console;
import dev.sealway.config.Keygen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "keygen",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Makes a new key bundle.",
            "",
            "Prints ids and the fingerprint, never keys. Nothing is ever overwritten. Keep a copy off line: without",
            "the keys the data is lost."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealway keygen --out secrets/shop.keys.json --bundle shop",
            "  sealway keygen --stdout | vault kv put -cas=0 secret/shop bundle=-"
        })
final class KeygenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @ArgGroup(multiplicity = "1")
    private Destination destination;

    @Option(
            names = "--bundle",
            paramLabel = "NAME",
            defaultValue = "sealway",
            description = "The bundle's id, which is no secret. Default: ${DEFAULT-VALUE}.")
    private String bundle;

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            defaultValue = "AES256_GCM",
            description = "What seals values: AES256_GCM, or XAES_256_GCM_192_BIT_NONCE for very large estates. "
                    + "Default: ${DEFAULT-VALUE}.")
    private String algorithm;

    @Option(names = "--i-understand", description = "Let --stdout show keys on a terminal or in a CI job's log.")
    private boolean understood;

    @Mixin
    private ReportOptions output;

    static final class Destination {
        @Option(names = "--out", paramLabel = "FILE", description = "A new file, which only its owner can read.")
        private @Nullable Path file;

        @Option(names = "--stdout", description = "The standard output, for a secret store that reads from a pipe.")
        private boolean stdout;
    }

    @Override
    public Integer call() {
        Surroundings surroundings = SealwayCommand.surroundings(command);
        Console console = surroundings.console();
        if (destination.file != null) {
            Keygen.NewBundle made = Keygen.toFile(destination.file, bundle, algorithm);
            output.print(console, made, lines(made, destination.file.toString()));
        } else {
            refuseToShowKeys(surroundings);
            Keygen.NewBundle made = Keygen.to(console.document(), bundle, algorithm);
            lines(made, "the standard output").forEach(console::progress);
        }
        return 0;
    }

    private void refuseToShowKeys(Surroundings surroundings) {
        if (output.json()) {
            throw new ParameterException(
                    command.commandLine(), "--stdout prints the bundle itself there; leave out --json");
        }
        boolean watched = surroundings.console().isTerminal()
                || !surroundings.environment().getOrDefault("CI", "").isEmpty();
        if (watched && !understood) {
            throw new ParameterException(
                    command.commandLine(),
                    "--stdout would show keys on a terminal or in a CI job's log; pipe it into a secret store, use --out, or"
                            + " say --i-understand");
        }
    }

    private static List<String> lines(Keygen.NewBundle made, String place) {
        List<String> lines = new ArrayList<>();
        lines.add("Key bundle %s is in %s.".formatted(made.id(), place));
        lines.add("Fingerprint (SHA-256): %s".formatted(made.fingerprint()));
        made.keysets()
                .forEach(k -> lines.add("  %-18s %-15s key id %d"
                        .formatted(k.name(), k.purpose().id(), k.primaryKeyId())));
        lines.add("Keep a copy off line: without the keys the data is lost.");
        return lines;
    }
}
