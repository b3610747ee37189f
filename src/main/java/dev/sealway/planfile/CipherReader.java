package dev.sealway.planfile;

import dev.sealway.crypto.Ciphers;
import dev.sealway.plan.CipherSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the ciphers besides the key bundle's own. */
final class CipherReader {

    private static final String EXAMPLE = "{ kind: vault-transit, key: <name> }";

    /** Vault takes 32 MB at most in one request. */
    private static final int MOST_BYTES = 32_000_000;

    private static final Map<String, List<Setting>> KINDS = Map.of(
            Ciphers.VAULT_TRANSIT,
            VaultLogin.with(
                    Setting.path("mount"),
                    Setting.keyName("key"),
                    Setting.number("request-items", 1, 10_000),
                    Setting.number("request-bytes", 10_000, MOST_BYTES),
                    Setting.number("in-flight", 1, 100)));

    private CipherReader() {}

    /** @param names gets the name of every entry */
    static List<CipherSource> readAll(YamlValue value, CipherNames names) {
        return YamlMap.open(value, "{ transit: %s }".formatted(EXAMPLE)).values().stream()
                .flatMap(entry -> read(entry, names).stream())
                .toList();
    }

    private static Optional<CipherSource> read(YamlValue entry, CipherNames names) {
        names.declare(entry);
        YamlMap map = YamlMap.open(entry, EXAMPLE);
        return Kind.read(map, "kind", KINDS, List.of())
                .map(kind -> new CipherSource(entry.name(), kind.word(), kind.settings()));
    }
}
