package dev.sealway.ledger;

import dev.sealway.crypto.KeyBundle;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Somebody's word that a copy of a key bundle is kept off line.
 *
 * @param fingerprint of the bundle that was copied
 * @param keys the copy's keys, each {@code keyset#id}
 * @param offlineCopy where it is, in words
 */
public record Attestation(
        Instant at, String actor, String bundleId, String fingerprint, List<String> keys, String offlineCopy) {

    public Attestation {
        keys = List.copyOf(keys);
    }

    /** The keys of a bundle that open something, as they are written here. */
    static List<String> keysOf(KeyBundle bundle) {
        return bundle.keysets().stream()
                .flatMap(k -> k.keyIds().stream().map(id -> "%s#%s".formatted(k.name(), id)))
                .toList();
    }

    /** Whether the copy opens whatever {@code bundle} opens: another primary or a disabled key changes nothing in that. */
    public boolean covers(KeyBundle bundle) {
        return bundleId.equals(bundle.id()) && Set.copyOf(keys).containsAll(keysOf(bundle));
    }
}
