package dev.sealway.workflow;

import java.util.List;
import java.util.Optional;

/**
 * The keys of a database, and the rows that each of them sealed.
 *
 * @param bundle empty where the plan needs none, or it cannot be had
 * @param notices what a reader should know
 * @param next what comes next, commands mostly
 */
public record KeyStatusReport(
        String plan,
        Optional<Bundle> bundle,
        List<Keyset> keysets,
        List<Column> columns,
        List<String> notices,
        List<String> next) {

    public KeyStatusReport {
        keysets = List.copyOf(keysets);
        columns = List.copyOf(columns);
        notices = List.copyOf(notices);
        next = List.copyOf(next);
    }

    /** @param attested the last word on an off-line copy that has all its keys; empty if there is none */
    public record Bundle(String place, String id, String fingerprint, Optional<String> attested) {}

    /** @param purpose as in the bundle; {@code vault-transit} for a key of Vault, whose versions are its keys */
    public record Keyset(String name, String purpose, List<Key> keys) {

        public Keyset {
            keys = List.copyOf(keys);
        }
    }

    /**
     * @param id of Transit the version
     * @param state {@code primary}, {@code enabled}, {@code disabled}, {@code destroyed}, or {@code missing}
     * @param encryptions that Sealway made; those of applications are not counted
     * @param rows counted now, over all registered columns of all plans
     * @param backups encrypted exports under this key
     */
    public record Key(long id, String state, Optional<String> firstSeen, long encryptions, long rows, long backups) {}

    /** @param key empty for rows whose bytes do not have the form of a ciphertext */
    public record Column(String table, String name, String keyset, Optional<Long> key, long rows) {}
}
