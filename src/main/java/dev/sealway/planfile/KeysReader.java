package dev.sealway.planfile;

import dev.sealway.plan.KekSource;
import dev.sealway.plan.KeySource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads where the key bundle lives. What stands under {@code ref} is never quoted: it might be a key by mistake. */
final class KeysReader {

    static final String EXAMPLE = "{ provider: env, ref: SEALWAY_KEYS }";

    private static final Map<String, List<Setting>> PROVIDERS = Map.of(
            "env", List.of(),
            "file", List.of(),
            "aws-secrets-manager", List.of(Setting.text("region"), Setting.url("endpoint"), Setting.text("field")),
            "vault-kv", VaultLogin.with(Setting.path("mount"), Setting.text("field")));

    private static final Map<String, Pattern> REFS = Map.of(
            "env", Pattern.compile("[A-Za-z_][A-Za-z0-9_]*"),
            "aws-secrets-manager", Pattern.compile("[A-Za-z0-9/_+=.@:!-]{1,2048}"),
            "vault-kv", Setting.PATH);

    private static final Map<String, String> NOT_A_REF = Map.of(
            "env", "is not the name of an environment variable",
            "aws-secrets-manager", "is not the name or the ARN of a secret",
            "vault-kv", "is not the path of a secret below the mount, such as team/sealway");

    private KeysReader() {}

    static Optional<KeySource> read(YamlValue value) {
        YamlMap map = YamlMap.open(value, EXAMPLE);
        Optional<Kind> provider = Kind.read(map, "provider", PROVIDERS, List.of("ref", "kek"));
        Optional<String> ref = map.required("ref", "it is the variable's name, the file's path or the secret's name")
                .flatMap(v -> ref(v, provider.map(Kind::word).orElse("")));
        Optional<KekSource> kek = map.value("kek").flatMap(KekReader::read);
        return provider.flatMap(p -> ref.map(r -> new KeySource(p.word(), r, p.settings(), kek)));
    }

    private static Optional<String> ref(YamlValue value, String provider) {
        Optional<String> ref = SecretNames.harmless(value);
        Pattern pattern = REFS.get(provider);
        if (pattern != null && ref.isPresent() && !pattern.matcher(ref.get()).matches()) {
            value.fault(
                    "%s; the plan names the place of the keys, it never holds them".formatted(NOT_A_REF.get(provider)));
        }
        return ref;
    }
}
