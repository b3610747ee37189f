package dev.sealway.ledger;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyPurpose;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which keys sealed this database's data, with a canary of each key that was a keyset's primary. Every command that
 * writes calls {@link #record} before its first write. Bound to one transaction; not thread-safe.
 */
public final class Keyring {

    /**
     * NIST SP 800-38D allows 2^32 encryptions under one AES-GCM key with random nonces; half of that is the time to
     * rotate.
     */
    static final long WARNING = 1L << 31;

    private record Canary(String keyset, long keyId, String fingerprint, byte[] bytes) {}

    private record Known(String keyset, long keyId, String fingerprint, boolean primary) {}

    private final Transaction tx;

    private Keyring(Transaction tx) {
        this.tx = tx;
    }

    public static Keyring in(Transaction tx) {
        return new Keyring(tx);
    }

    /** @throws WrongKeyBundleException if {@code bundle} does not accept every canary that is stored here */
    public void verify(KeyBundle bundle) {
        List<Canary> canaries = tx.list(
                Sql.of("""
                        SELECT keyset, key_id, fingerprint, canary FROM sealway.keyring
                         WHERE canary IS NOT NULL ORDER BY keyset, key_id"""), row -> new Canary(row.getString(1), row.getLong(2), row.getString(3), row.getBytes(4)));
        for (Canary canary : canaries) {
            if (!bundle.acceptsCanary(canary.keyset(), canary.bytes())) {
                throw new WrongKeyBundleException(
                        canary.keyset(), canary.keyId(), canary.fingerprint(), bundle.fingerprint());
            }
        }
    }

    /**
     * Verifies {@code bundle}, then stores what is new in it: all of it at first sight, later the keys that a rotation
     * added.
     *
     * @throws WrongKeyBundleException as {@link #verify}
     */
    public void record(KeyBundle bundle) {
        verify(bundle);
        if (isKnown(bundle)) {
            return;
        }
        // two first sights at once, of different bundles: the second must meet the first one's canaries
        tx.execute(Sql.of("LOCK TABLE sealway.keyring IN SHARE ROW EXCLUSIVE MODE"));
        verify(bundle);
        bundle.keysets().forEach(keyset -> store(bundle, keyset));
    }

    private boolean isKnown(KeyBundle bundle) {
        Set<Known> known = new HashSet<>(tx.list(
                Sql.of("SELECT keyset, key_id, fingerprint, is_primary FROM sealway.keyring"),
                row -> new Known(row.getString(1), row.getLong(2), row.getString(3), row.getBoolean(4))));
        return bundle.keysets().stream().allMatch(keyset -> keyset.keyIds().stream()
                .map(id -> new Known(keyset.name(), id, bundle.fingerprint(), id == keyset.primaryKeyId()))
                .allMatch(known::contains));
    }

    private void store(KeyBundle bundle, KeysetInfo keyset) {
        tx.execute(
                Sql.of("UPDATE sealway.keyring SET is_primary = false WHERE keyset = ? AND key_id <> ? AND is_primary"),
                keyset.name(),
                keyset.primaryKeyId());
        for (long keyId : keyset.keyIds()) {
            boolean primary = keyId == keyset.primaryKeyId();
            byte[] canary = primary && makesCanaries(keyset.purpose()) ? bundle.canary(keyset.name()) : new byte[0];
            tx.execute(Sql.of("""
                            INSERT INTO sealway.keyring AS k (keyset, purpose, key_id, fingerprint, canary, is_primary)
                            VALUES (?, ?, ?, ?, nullif(?, ''::bytea), ?)
                                ON CONFLICT (keyset, key_id) DO UPDATE
                               SET fingerprint = excluded.fingerprint, is_primary = excluded.is_primary,
                                   canary = coalesce(k.canary, excluded.canary)"""), keyset.name(), keyset.purpose().id(), keyId, bundle.fingerprint(), canary, primary);
        }
    }

    private static boolean makesCanaries(KeyPurpose purpose) {
        return switch (purpose) {
            case AEAD, PRF -> true;
            case MAC, STREAMING_AEAD -> false;
        };
    }

    /**
     * Counts encryptions. The key's row stays locked until the transaction ends, so call this last, or once for many
     * batches.
     *
     * @return what to tell people when the key has been used so often that it is time to rotate
     */
    public Optional<String> addEncryptions(String keyset, long keyId, long encryptions) {
        long total = tx.number(Sql.of("""
                        UPDATE sealway.keyring SET encryptions = encryptions + ?
                         WHERE keyset = ? AND key_id = ?
                     RETURNING encryptions"""), encryptions, keyset, keyId);
        return total < WARNING
                ? Optional.empty()
                : Optional.of(
                        "key %d of keyset %s has made %d encryptions; AES-GCM with random nonces is safe up to 2^32: add a key to the keyset and make it the primary"
                                .formatted(keyId, keyset, total));
    }
}
