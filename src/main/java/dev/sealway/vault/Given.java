package dev.sealway.vault;

import dev.sealway.error.SealwayException;
import java.util.Map;
import java.util.Optional;

/** Settings of the plan, and the environment that fills in what it leaves out. Never printed: it may hold secrets. */
final class Given {

    private final Map<String, String> settings;
    private final Map<String, String> environment;

    Given(Map<String, String> settings, Map<String, String> environment) {
        this.settings = Map.copyOf(settings);
        this.environment = Map.copyOf(environment);
    }

    Optional<String> setting(String key) {
        return Optional.ofNullable(settings.get(key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    Optional<String> settingOr(String key, String variable) {
        return setting(key).or(() -> variable(variable));
    }

    String required(String key, String variable) {
        return settingOr(key, variable)
                .orElseThrow(() -> SealwayException.wrongUsage(
                        "Vault's %s is not given; write '%s' in the plan or set the environment variable %s"
                                .formatted(key, key, variable)));
    }

    /** A secret, which the plan may only name the file of. */
    SecretSource secret(String fileKey, String variable) {
        return setting(fileKey)
                .map(SecretSource::file)
                .or(() -> variable(variable).map(present -> SecretSource.variable(environment, variable)))
                .or(() -> variable(variable + "_FILE").map(SecretSource::file))
                .orElseThrow(() -> SealwayException.wrongUsage(
                        "there is no secret to log in to Vault with; set the environment variable %s, or %s_FILE to the path of a file, or write '%s' in the plan"
                                .formatted(variable, variable, fileKey)));
    }

    int number(String key, int fallback, int largest) {
        return setting(key).map(text -> parse(key, text, largest)).orElse(fallback);
    }

    private static int parse(String key, String text, int largest) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= largest) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // told below
        }
        throw SealwayException.wrongUsage(
                "'%s' of Vault is not a number from 1 to %d; write one in the plan".formatted(key, largest));
    }

    @Override
    public String toString() {
        return "Given[%s]".formatted(settings.keySet());
    }
}
