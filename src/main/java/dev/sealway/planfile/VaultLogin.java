package dev.sealway.planfile;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How Vault is reached, for whatever lives there. All of it may be left to Vault's own environment variables. */
final class VaultLogin {

    private static final String TOKEN = "token";
    private static final String APPROLE = "approle";
    private static final String KUBERNETES = "kubernetes";

    private static final List<String> WAYS = List.of(TOKEN, APPROLE, KUBERNETES);

    private static final List<Setting> CONNECTION = List.of(
            Setting.url("address"),
            Setting.text("namespace"),
            Setting.word("auth", WAYS),
            Setting.path("auth-mount"),
            Setting.text("role"),
            Setting.text("role-id"),
            Setting.text("secret-id-file"),
            Setting.text("token-file"),
            Setting.text("jwt-file"),
            Setting.text("ca-file"),
            Setting.word("plaintext-http", List.of("accept")));

    private static final Map<String, List<String>> NEEDS_AUTH = Map.of(
            "auth-mount", List.of(APPROLE, KUBERNETES),
            "role", List.of(KUBERNETES),
            "jwt-file", List.of(KUBERNETES),
            "role-id", List.of(APPROLE),
            "secret-id-file", List.of(APPROLE),
            "token-file", List.of(TOKEN));

    private VaultLogin() {}

    /** {@code own} and the connection's. */
    static List<Setting> with(Setting... own) {
        return Stream.concat(Stream.of(own), CONNECTION.stream()).toList();
    }

    static boolean isLogin(Setting setting) {
        return setting.name().equals("auth");
    }

    /** A login with half of what is said would not be the login that is meant. */
    static void checkLogin(YamlMap map) {
        String auth = map.value("auth").flatMap(YamlValue::peek).orElse(TOKEN);
        if (!WAYS.contains(auth)) {
            return;
        }
        for (String name : new TreeSet<>(NEEDS_AUTH.keySet())) {
            List<String> needed = NEEDS_AUTH.get(name);
            if (needed != null && !needed.contains(auth)) {
                map.value(name)
                        .ifPresent(v -> v.faultOfKey("goes with auth: %s only, and auth is %s; change one of them"
                                .formatted(String.join(" or ", needed), auth)));
            }
        }
    }
}
