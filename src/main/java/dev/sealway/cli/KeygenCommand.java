package dev.sealway.cli;

import dev.sealway.cli.console.Console;
import dev.sealway.config.Keygen;
import dev.sealway.config.Wiring;
import dev.sealway.plan.KeySource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
            "  sealway keygen --plan db/sealway.yaml",
            "  sealway keygen --provider aws-secrets-manager --ref prod/shop/keys --set region=eu-central-1",
            "  sealway keygen --provider vault-kv --ref shop/keys --set mount=secret",
            "  sealway keygen --stdout | vault kv put -cas=0 secret/shop bundle=-"
        })
final class KeygenCommand implements Callable<Integer> {
    /** Each is set by some CI server, and empty elsewhere. */
    private static final List<String> CI = List.of("CI", "TF_BUILD", "TEAMCITY_VERSION", "CODEBUILD_BUILD_ID");

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

        @Option(
                names = "--plan",
                paramLabel = "FILE",
                description = "Where this plan says that its keys live, wrapped if it says 'kek'.")
        private @Nullable Path plan;

        @ArgGroup(exclusive = false)
        private @Nullable Store store;
    }

    static final class Store {
        @Option(
                names = "--provider",
                required = true,
                paramLabel = "NAME",
                description = "Where keys live: file, aws-secrets-manager, vault-kv.")
        private String provider;

        @Option(
                names = "--ref",
                required = true,
                paramLabel = "NAME",
                description = "What it is to be found under there: a path, a secret's name.")
        private String ref;

        @Option(
                names = "--set",
                paramLabel = "SETTING=VALUE",
                description = "A setting of the provider, as a plan would have it; may be repeated.")
        private Map<String, String> settings = new LinkedHashMap<>();

        private KeySource source() {
            return Keygen.place(provider, ref, settings);
        }
    }

    @Override
    public Integer call() {
        Surroundings surroundings = SealwayCommand.surroundings(command);
        Console console = surroundings.console();
        if (destination.stdout) {
            refuseToShowKeys(surroundings);
            Keygen.NewBundle made = Keygen.to(console.document(), bundle, algorithm);
            lines(made).forEach(console::progress);
        } else {
            Keygen.NewBundle made = keep(surroundings.environment());
            output.print(console, made, lines(made));
        }
        return 0;
    }

    private Keygen.NewBundle keep(Map<String, String> environment) {
        if (destination.plan != null) {
            return Keygen.to(Wiring.read(destination.plan), environment, bundle, algorithm);
        }
        if (destination.store != null) {
            return Keygen.to(destination.store.source(), environment, bundle, algorithm);
        }
        return Keygen.toFile(Objects.requireNonNull(destination.file), bundle, algorithm);
    }

    private void refuseToShowKeys(Surroundings surroundings) {
        if (output.json()) {
            throw new ParameterException(
                    command.commandLine(), "--stdout prints the bundle itself there; leave out --json");
        }
        boolean watched = surroundings.console().isTerminal()
                || CI.stream().anyMatch(name -> !surroundings
                        .environment()
                        .getOrDefault(name, "")
                        .isEmpty());
        if (watched && !understood) {
            throw new ParameterException(
                    command.commandLine(),
                    "--stdout would show keys on a terminal or in a CI job's log; pipe it into a secret store, use --out, or"
                            + " say --i-understand");
        }
    }

    private static List<String> lines(Keygen.NewBundle made) {
        List<String> lines = new ArrayList<>();
        lines.add("Key bundle %s is in %s.".formatted(made.id(), made.place()));
        lines.add("Fingerprint (SHA-256): %s".formatted(made.fingerprint()));
        made.keysets()
                .forEach(k -> lines.add("  %-18s %-15s key id %d"
                        .formatted(k.name(), k.purpose().id(), k.primaryKeyId())));
        lines.add("Keep a copy off line: without the keys the data is lost.");
        return lines;
    }
}
