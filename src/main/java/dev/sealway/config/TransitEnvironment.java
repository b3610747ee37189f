package dev.sealway.config;

import dev.sealway.plan.CipherSource;
import dev.sealway.plan.Plan;
import dev.sealway.vault.Transit;
import dev.sealway.vault.TransitKey;
import dev.sealway.vault.TransitSettings;
import dev.sealway.vault.VaultConnection;
import dev.sealway.vault.VaultSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the ciphers of a plan need from the environment, and whether it is there. Shows addresses and names of keys, and of
 * secrets no more than that they are set.
 */
public final class TransitEnvironment {

    private static final Need ADDRESS = new Need("VAULT_ADDR", "address", false, "https://vault.example.com:8200");
    private static final Need KEY =
            new Need(CipherSource.KEY_VARIABLE, "key", false, "the name of a key of the Transit engine");

    private static final Map<String, List<Need>> LOGINS = Map.of(
            "token", List.of(new Need("VAULT_TOKEN", "token-file", true, "or VAULT_TOKEN_FILE, a file that holds it")),
            "approle",
                    List.of(
                            new Need("VAULT_ROLE_ID", "role-id", false, "of the AppRole"),
                            new Need("VAULT_SECRET_ID", "secret-id-file", true, "or VAULT_SECRET_ID_FILE")),
            "kubernetes", List.of(new Need("VAULT_ROLE", "role", false, "the role to log in as")));

    private TransitEnvironment() {}

    /**
     * A piece of information that the plan may hold, or a variable.
     *
     * @param secret whether its value must not be shown; then a file may hold it, too
     * @param hint how to set it
     */
    private record Need(String variable, String setting, boolean secret, String hint) {

        /** What is told of it; empty if it is missing. */
        Optional<String> words(Map<String, String> settings, Map<String, String> environment) {
            Optional<String> planned = Optional.ofNullable(settings.get(setting));
            return planned.map(value -> "%s is not needed, the plan says %s: %s".formatted(variable, setting, value))
                    .or(() -> named(environment, variable)
                            .map(value -> "%s %s".formatted(variable, secret ? "set" : value)))
                    .or(() -> secret
                            ? named(environment, variable + "_FILE").map(file -> "%s_FILE set".formatted(variable))
                            : Optional.empty());
        }

        String missing() {
            return "%s (%s)".formatted(variable, hint);
        }

        private static Optional<String> named(Map<String, String> environment, String name) {
            return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
        }
    }

    /** Every variable that is to be set and is not, with a hint; asks nobody. */
    public static List<String> missing(Plan plan, Map<String, String> environment) {
        Set<String> missing = new LinkedHashSet<>();
        for (CipherSource cipher : plan.ciphers()) {
            for (Need need : needs(cipher)) {
                if (need.words(cipher.settings(), environment).isEmpty()) {
                    missing.add(need.missing());
                }
            }
        }
        return List.copyOf(missing);
    }

    /**
     * Logs in to Vault and reads the keys.
     *
     * @param told gets a line for everything that is there, at once
     * @throws dev.sealway.error.SealwayException if Vault does not answer, does not let in, or has not the key
     */
    public static void look(Plan plan, Map<String, String> environment, Consumer<String> told) {
        plan.ciphers()
                .forEach(cipher -> OptionalLibrary.use(cipher.kind(), () -> {
                    look(cipher.settings(), environment, needs(cipher), told);
                    return cipher;
                }));
    }

    private static void look(
            Map<String, String> settings, Map<String, String> environment, List<Need> needs, Consumer<String> told) {
        VaultSettings vault = VaultSettings.of(settings, environment);
        TransitSettings transit = TransitSettings.of(settings, environment);
        needs.stream().filter(need -> !need.equals(KEY)).forEach(need -> need.words(settings, environment)
                .ifPresent(told));
        TransitKey key = new Transit(VaultConnection.open(vault), transit).freshKey();
        told.accept("%s %s: exists, %s, version %d"
                .formatted(KEY.variable(), transit.key(), key.type(), key.latestVersion()));
    }

    private static List<Need> needs(CipherSource cipher) {
        List<Need> needs = new ArrayList<>();
        needs.add(ADDRESS);
        needs.addAll(LOGINS.getOrDefault(cipher.settings().getOrDefault("auth", "token"), List.of()));
        needs.add(KEY);
        return needs;
    }
}
