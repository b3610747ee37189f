package dev.sealway.vault;

import dev.sealway.error.SealwayException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How to reach and log in to a Vault: from the plan, and from Vault's own environment variables where the plan is silent.
 *
 * <p>Holds no secret, only where each is found; so does its {@code toString}. Immutable.
 */
public final class VaultSettings {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final int IN_FLIGHT = 10;
    private static final Pattern SECONDS = Pattern.compile("([1-9][0-9]{0,4})s?");

    private final VaultAddress address;
    private final Optional<String> namespace;
    private final Login login;
    private final Optional<String> caFile;
    private final Duration requestTimeout;
    private final int inFlight;

    private VaultSettings(Given given) {
        this.address = VaultAddress.of(given);
        this.namespace = given.settingOr("namespace", "VAULT_NAMESPACE").map(text -> VaultPath.of("namespace", text));
        this.login = Login.of(given);
        this.caFile = given.settingOr("ca-file", "VAULT_CACERT");
        this.requestTimeout = given.variable("VAULT_CLIENT_TIMEOUT")
                .map(VaultSettings::seconds)
                .orElse(REQUEST_TIMEOUT);
        this.inFlight = given.number("in-flight", IN_FLIGHT, 1000);
    }

    /**
     * Reads {@code address}, {@code namespace}, {@code auth} (token, approle, kubernetes), {@code auth-mount}, {@code role},
     * {@code role-id}, {@code secret-id-file}, {@code token-file}, {@code jwt-file}, {@code ca-file}, {@code plaintext-http}
     * and {@code in-flight}; others are left to others.
     *
     * @param environment may hold VAULT_ADDR, VAULT_NAMESPACE, VAULT_TOKEN, VAULT_ROLE_ID, VAULT_SECRET_ID, VAULT_ROLE,
     *     VAULT_CACERT and VAULT_CLIENT_TIMEOUT
     * @throws SealwayException if something needed is missing, or the address is not safe for a token
     */
    public static VaultSettings of(Map<String, String> settings, Map<String, String> environment) {
        return new VaultSettings(new Given(settings, environment));
    }

    private static Duration seconds(String text) {
        Matcher seconds = SECONDS.matcher(text);
        if (!seconds.matches()) {
            throw SealwayException.wrongUsage(
                    "environment variable VAULT_CLIENT_TIMEOUT is not a number of seconds; write it as 60s");
        }
        return Duration.ofSeconds(Integer.parseInt(seconds.group(1)));
    }

    VaultAddress address() {
        return address;
    }

    Optional<String> namespace() {
        return namespace;
    }

    Login login() {
        return login;
    }

    Optional<String> caFile() {
        return caFile;
    }

    Duration connectTimeout() {
        return CONNECT_TIMEOUT;
    }

    Duration requestTimeout() {
        return requestTimeout;
    }

    /** How many requests may be under way at once. */
    int inFlight() {
        return inFlight;
    }

    /** As messages name it: {@code Vault at https://vault.example.com:8200 (namespace shop)}. */
    String place() {
        return "Vault at %s%s"
                .formatted(address, namespace.map(" (namespace %s)"::formatted).orElse(""));
    }

    @Override
    public String toString() {
        return "VaultSettings[%s]".formatted(place());
    }
}
