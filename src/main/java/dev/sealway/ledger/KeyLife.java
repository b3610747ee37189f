package dev.sealway.ledger;

import dev.sealway.audit.AuditTrail;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of the keys of this database's keysets. Bound to one transaction; not thread-safe. */
public final class KeyLife {

    /** "sealkeys" in ASCII. */
    private static final long LOCK = 0x7365616C6B657973L;

    private static final Sql INSERT = Sql.of("""
            INSERT INTO sealway.key_event (run_id, keyset, key_id, event, fingerprint, detail) VALUES (?, ?, ?, ?, ?, ?)""");

    private final Transaction tx;

    private KeyLife(Transaction tx) {
        this.tx = tx;
    }

    public static KeyLife in(Transaction tx) {
        return new KeyLife(tx);
    }

    /** The advisory lock under which key bundles are changed: not every place of a bundle can compare and set. */
    public static long lock() {
        return LOCK;
    }

    /** The database's time. */
    public Instant now() {
        return tx.first(Sql.of("SELECT pg_catalog.now()"), row -> row.getObject(1, OffsetDateTime.class)
                        .toInstant())
                .orElseThrow();
    }

    /** By keyset, in the order in which they were first seen. */
    public List<KnownKey> keys() {
        return tx.list(Sql.of("""
                        SELECT keyset, key_id, is_primary, encryptions, first_seen, promoted_at, disabled_at, destroyed_at
                          FROM sealway.keyring ORDER BY keyset, first_seen, key_id"""), KeyLife::read);
    }

    public Optional<KnownKey> key(String keyset, long keyId) {
        return keys().stream()
                .filter(k -> k.keyset().equals(keyset) && k.keyId() == keyId)
                .findFirst();
    }

    /** The key that a keyset seals with since the last promotion, whatever an older bundle says; empty if none is known. */
    public Optional<KnownKey> latestPrimary(String keyset) {
        return keys().stream()
                .filter(k -> k.keyset().equals(keyset) && k.promotedAt().isPresent())
                .max(Comparator.comparing(k -> k.promotedAt().orElse(Instant.MIN)));
    }

    /**
     * Writes down what was done with a key.
     *
     * @param fingerprint of the bundle that it led to
     * @param detail what speaks for it or was stated, in our words
     */
    public void record(long runId, String keyset, long keyId, KeyEvent event, String fingerprint, String detail) {
        tx.execute(INSERT, runId, keyset, keyId, event.word(), fingerprint, detail);
        AuditTrail.in(tx)
                .append(
                        runId,
                        "key.%s".formatted(event.word()),
                        Map.of("keyset", keyset, "key_id", keyId, "fingerprint", fingerprint, "detail", detail));
    }

    /** It is what its keyset seals with from now on. */
    public void promoted(String keyset, long keyId) {
        set("promoted_at = pg_catalog.now()", keyset, keyId);
    }

    /** From now on a bundle that does not open with this key is not a wrong one. */
    public void disabled(String keyset, long keyId) {
        set("disabled_at = pg_catalog.now()", keyset, keyId);
    }

    /** Bundles must open with it again. */
    public void enabled(String keyset, long keyId) {
        set("disabled_at = NULL", keyset, keyId);
    }

    public void destroyed(String keyset, long keyId) {
        set("destroyed_at = pg_catalog.now(), disabled_at = coalesce(disabled_at, pg_catalog.now())", keyset, keyId);
    }

    private void set(String assignments, String keyset, long keyId) {
        tx.execute(
                Sql.of("UPDATE sealway.keyring SET {assignments} WHERE keyset = ? AND key_id = ?")
                        .with("assignments", Sql.of(assignments)),
                keyset,
                keyId);
    }

    /** How many encrypted exports are sealed under a key. */
    public long backups(String keyset, long keyId) {
        return tx.number(
                Sql.of("SELECT pg_catalog.count(*) FROM sealway.backup WHERE keeper = ? AND key_id = ?"),
                keyset,
                keyId);
    }

    private static KnownKey read(ResultSet row) throws SQLException {
        return new KnownKey(
                row.getString(1),
                row.getLong(2),
                row.getBoolean(3),
                row.getLong(4),
                instant(row, 5).orElseThrow(),
                instant(row, 6),
                instant(row, 7),
                instant(row, 8));
    }

    private static Optional<Instant> instant(ResultSet row, int at) throws SQLException {
        return Optional.ofNullable(row.getObject(at, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
