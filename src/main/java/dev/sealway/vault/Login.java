package dev.sealway.vault;

import dev.sealway.error.SealwayException;
import java.util.Optional;

/** How a token of Vault's is come by. */
sealed interface Login {

    String SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    /** A token that somebody else asked for. */
    record GivenToken(SecretSource token) implements Login {}

    /** @param mount of the auth method, as {@code approle} */
    record AppRole(String mount, String roleId, SecretSource secretId) implements Login {}

    /** @param mount of the auth method, as {@code kubernetes} */
    record Kubernetes(String mount, String role, SecretSource jwt) implements Login {}

    static Login of(Given given) {
        String method = given.setting("auth").orElse("token");
        Optional<String> mount = given.setting("auth-mount").map(text -> VaultPath.of("auth-mount", text));
        return switch (method) {
            case "token" -> new GivenToken(given.secret("token-file", "VAULT_TOKEN"));
            case "approle" ->
                new AppRole(
                        mount.orElse("approle"),
                        given.required("role-id", "VAULT_ROLE_ID"),
                        given.secret("secret-id-file", "VAULT_SECRET_ID"));
            case "kubernetes" ->
                new Kubernetes(
                        mount.orElse("kubernetes"),
                        given.required("role", "VAULT_ROLE"),
                        SecretSource.file(given.setting("jwt-file").orElse(SERVICE_ACCOUNT)));
            default ->
                throw SealwayException.wrongUsage(
                        "Vault's auth method %s is not known here; write token, approle or kubernetes"
                                .formatted(method));
        };
    }
}
