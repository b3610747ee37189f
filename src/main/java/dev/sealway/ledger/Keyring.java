package dev.sealway.ledger;

import dev.sealway.audit.AuditTrail;
import dev.sealway.crypto.Canary;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyPurpose;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which keys sealed this database's data, with a canary of each key that was a keyset's primary. Every command that
 * writes calls {@link #record} before its first write. Bound to one transaction; not thread-safe.
 */
public final class Keyring {

    /**
     * NIST SP 800-38D allows 2^32 encryptions under one AES-GCM key with random nonces; half of that is the time to
     * rotate.
     */
    public static final long WARNING = 1L << 31;

    private static final String[] BUNDLE_PURPOSES =
            Stream.of(KeyPurpose.values()).map(KeyPurpose::id).toArray(String[]::new);

    private record Stored(String keyset, long keyId, String fingerprint, byte[] bytes) {}

    private record Known(String keyset, long keyId, String fingerprint, boolean primary) {}

    private record Row(String name, String purpose, String fingerprint, long primary) {}

    private static final byte[] NO_CANARY = new byte[0];

    private final Transaction tx;

    private Keyring(Transaction tx) {
        this.tx = tx;
    }

    public static Keyring in(Transaction tx) {
        return new Keyring(tx);
    }

    /**
     * @throws WrongKeyBundleException if {@code bundle} does not accept every canary that is stored here, of keys that were
     *     disabled on purpose excepted
     */
    public void verify(KeyBundle bundle) {
        List<Stored> canaries = tx.list(
                Sql.of("""
                        SELECT keyset, key_id, fingerprint, canary FROM sealway.keyring
                         WHERE canary IS NOT NULL AND disabled_at IS NULL AND purpose = ANY (?)
                         ORDER BY keyset, key_id"""),
                row -> new Stored(row.getString(1), row.getLong(2), row.getString(3), row.getBytes(4)),
                (Object) BUNDLE_PURPOSES);
        for (Stored canary : canaries) {
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

    /**
     * As {@link #verify(KeyBundle)}, for a keyset out of the bundle. A canary that is older than what the keyset may still
     * open says nothing.
     *
     * @throws WrongKeyException if {@code keyset} does not know what it is said to have made, or has nothing left to know
     */
    public void verify(Canary keyset) {
        List<Stored> canaries = tx.list(
                Sql.of("""
                        SELECT keyset, key_id, fingerprint, canary FROM sealway.keyring
                         WHERE canary IS NOT NULL AND keyset = ? AND purpose = ? ORDER BY key_id DESC"""),
                row -> new Stored(row.getString(1), row.getLong(2), row.getString(3), row.getBytes(4)),
                keyset.keyset(),
                keyset.purpose());
        if (canaries.isEmpty()) {
            return;
        }
        long oldest = keyset.keyIds().get(0);
        for (Stored canary : canaries) {
            if (canary.keyId() >= oldest && !keyset.accepts(canary.bytes())) {
                throw WrongKeyException.unknown(keyset.keyset(), canary.keyId());
            }
        }
        long newest = canaries.get(0).keyId();
        if (newest < oldest) {
            throw WrongKeyException.unprovable(keyset.keyset(), newest);
        }
    }

    /**
     * As {@link #record(KeyBundle)}, for a keyset out of the bundle.
     *
     * @throws WrongKeyException as {@link #verify(Canary)}
     */
    public void record(Canary keyset) {
        verify(keyset);
        Row row = new Row(keyset.keyset(), keyset.purpose(), keyset.fingerprint(), keyset.primaryKeyId());
        if (isKnown(row, keyset.keyIds())) {
            return;
        }
        // made before the lock: its service may be slow
        byte[] canary = keyset.make();
        tx.execute(Sql.of("LOCK TABLE sealway.keyring IN SHARE ROW EXCLUSIVE MODE"));
        verify(keyset);
        store(row, keyset.keyIds(), canary);
    }

    private boolean isKnown(KeyBundle bundle) {
        return bundle.keysets().stream().allMatch(keyset -> isKnown(row(bundle, keyset), keyset.keyIds()));
    }

    private boolean isKnown(Row keyset, List<Long> keyIds) {
        Set<Known> known = new HashSet<>(tx.list(
                Sql.of("SELECT keyset, key_id, fingerprint, is_primary FROM sealway.keyring WHERE keyset = ?"),
                row -> new Known(row.getString(1), row.getLong(2), row.getString(3), row.getBoolean(4)),
                keyset.name()));
        return keyIds.stream()
                .map(id -> new Known(keyset.name(), id, keyset.fingerprint(), id == keyset.primary()))
                .allMatch(known::contains);
    }

    private static Row row(KeyBundle bundle, KeysetInfo keyset) {
        return new Row(keyset.name(), keyset.purpose().id(), bundle.fingerprint(), keyset.primaryKeyId());
    }

    private void store(KeyBundle bundle, KeysetInfo keyset) {
        byte[] canary = makesCanaries(keyset.purpose()) ? bundle.canary(keyset.name()) : NO_CANARY;
        store(row(bundle, keyset), keyset.keyIds(), canary);
    }

    /** @param canary of the primary */
    private void store(Row keyset, List<Long> keyIds, byte[] canary) {
        if (!isKnown(keyset, keyIds)) {
            AuditTrail.in(tx)
                    .append(
                            "key.seen",
                            Map.of(
                                    "keyset", keyset.name(),
                                    "key_ids", keyIds,
                                    "primary", keyset.primary(),
                                    "fingerprint", keyset.fingerprint()));
        }
        tx.execute(
                Sql.of("UPDATE sealway.keyring SET is_primary = false WHERE keyset = ? AND key_id <> ? AND is_primary"),
                keyset.name(),
                keyset.primary());
        for (long keyId : keyIds) {
            boolean primary = keyId == keyset.primary();
            int stored = tx.execute(
                    Sql.of("""
                            INSERT INTO sealway.keyring AS k
                                   (keyset, purpose, key_id, fingerprint, canary, is_primary, promoted_at)
                            VALUES (?, ?, ?, ?, nullif(?, ''::bytea), ?, CASE WHEN ? THEN now() END)
                                ON CONFLICT (keyset, key_id) DO UPDATE
                               SET fingerprint = excluded.fingerprint, is_primary = excluded.is_primary,
                                   canary = coalesce(k.canary, excluded.canary),
                                   promoted_at = coalesce(k.promoted_at, excluded.promoted_at)
                             WHERE k.purpose = excluded.purpose"""),
                    keyset.name(),
                    keyset.purpose(),
                    keyId,
                    keyset.fingerprint(),
                    primary ? canary : NO_CANARY,
                    primary,
                    primary);
            if (stored == 0) {
                throw WrongKeyException.taken(keyset.name());
            }
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
