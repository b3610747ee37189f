package dev.sealway.planfile;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Knows what people call secrets, and what the secrets of Vault and AWS look like, and keeps both out of the plan. */
final class SecretNames {

    private static final String LAW = "the plan names the place of a secret, it never holds one; take it out and give ";

    private static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("token", "VAULT_TOKEN"),
            Map.entry("vaulttoken", "VAULT_TOKEN"),
            Map.entry("clienttoken", "VAULT_TOKEN"),
            Map.entry("secretid", "VAULT_SECRET_ID"),
            Map.entry("accesskey", "AWS_ACCESS_KEY_ID"),
            Map.entry("accesskeyid", "AWS_ACCESS_KEY_ID"),
            Map.entry("awsaccesskeyid", "AWS_ACCESS_KEY_ID"),
            Map.entry("secretkey", "AWS_SECRET_ACCESS_KEY"),
            Map.entry("secretaccesskey", "AWS_SECRET_ACCESS_KEY"),
            Map.entry("awssecretaccesskey", "AWS_SECRET_ACCESS_KEY"),
            Map.entry("sessiontoken", "AWS_SESSION_TOKEN"),
            Map.entry("awssessiontoken", "AWS_SESSION_TOKEN"));

    private static final List<String> OTHERS =
            List.of("secret", "password", "passphrase", "credential", "credentials", "jwt");

    /** Vault's tokens, AWS's access key ids, anything in PEM. */
    private static final Pattern SECRET =
            Pattern.compile("^\\s*(hv[sbr]\\.|(AKIA|ASIA)[A-Z0-9]{16}|-----BEGIN )", Pattern.MULTILINE);

    private SecretNames() {}

    /** Why no setting can have this name, if it is that of a secret. */
    static Optional<String> refusal(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
        if (OTHERS.contains(plain)) {
            return Optional.of(LAW + "it in the environment or in a file");
        }
        return Optional.ofNullable(VARIABLES.get(plain)).map(v -> LAW + "the environment variable " + v);
    }

    /** A text that does not look like a secret. */
    static Optional<String> harmless(YamlValue value) {
        Optional<String> text = value.text();
        if (text.isPresent() && SECRET.matcher(text.get()).find()) {
            value.fault("looks like a secret; " + LAW + "it in the environment or in a file");
            return Optional.empty();
        }
        return text;
    }
}
