package dev.sealway.planfile;

import dev.sealway.plan.KekSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads under which key the keysets of the bundle are stored. */
final class KekReader {

    private static final Map<String, List<Setting>> KINDS = Map.of(
            "aws-kms",
                    List.of(
                            Setting.text("key").required("name the key of AWS KMS by its id, its alias or its ARN"),
                            Setting.text("region"),
                            Setting.url("endpoint")),
            "vault-transit",
                    VaultLogin.with(
                            Setting.path("mount"), Setting.keyName("key").required("name the key of Transit")));

    private KekReader() {}

    static Optional<KekSource> read(YamlValue value) {
        YamlMap map = YamlMap.open(value, "{ kind: aws-kms, key: alias/sealway }");
        return Kind.read(map, "kind", KINDS, List.of()).map(k -> new KekSource(k.word(), k.settings()));
    }
}
