package dev.sealway.audit;

import dev.sealway.crypto.LengthPrefixed;
import dev.sealway.crypto.Sha256;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.json.Json;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The audit trail of a database: appended to in the transaction of the change that an entry tells of, so that neither is
 * there without the other.
 *
 * <p>An entry's hash is {@code SHA-256(LP("sealway/audit/v1", u64(seq), at, run_id, actor, event, body, prev_hash))}, its
 * signature the MAC of that hash. Bound to one transaction; not thread-safe.
 */
public final class AuditTrail {

    /** "sealwayA" in ASCII. */
    private static final long LOCK = 0x7365616C77617941L;

    /** By the database's clock, which all runners share. */
    private static final Sql NOW = Sql.of("""
            SELECT session_user::pg_catalog.text,
                   pg_catalog.to_char(pg_catalog.clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""");

    private static final Sql LAST = Sql.of("SELECT seq, entry_hash FROM sealway.audit ORDER BY seq DESC LIMIT 1");

    private static final Sql INSERT = Sql.of("""
            INSERT INTO sealway.audit (seq, at, run_id, actor, event, body, prev_hash, entry_hash, mac)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?::pg_catalog.bytea, ''))""");

    private static final byte[] UNSIGNED = {};

    private final Transaction tx;

    private AuditTrail(Transaction tx) {
        this.tx = tx;
    }

    public static AuditTrail in(Transaction tx) {
        return new AuditTrail(tx);
    }

    /**
     * Appends an entry; who else appends waits until this transaction ends, so do it late in it.
     *
     * @param event what happened, as {@code column.verified}
     * @param body names of objects, counts, key ids, sums and durations; never a value, a token, a ciphertext or a row key
     */
    public AuditHead append(long runId, String event, Map<String, ?> body) {
        Optional<AuditPen> pen = tx.companion(AuditPen.class);
        tx.execute(Sql.of("SELECT pg_catalog.pg_advisory_xact_lock(?)"), LOCK);
        AuditHead last = head().orElse(AuditHead.GENESIS);
        List<String> now = tx.first(NOW, row -> List.of(row.getString(1), row.getString(2)))
                .orElseThrow();
        String actor =
                pen.map(p -> "%s (%s)".formatted(now.get(0), p.operator())).orElse(now.get(0));
        String at = now.get(1);
        String run = Long.toString(runId);
        String text = Json.compact(new TreeMap<>(body));
        long seq = last.seq() + 1;
        byte[] previous = HexFormat.of().parseHex(last.hash());
        byte[] hash = hash(seq, at, run, actor, event, text, previous);
        byte[] mac = pen.flatMap(p -> p.mac().get()).map(m -> m.tag(hash)).orElse(UNSIGNED);
        tx.execute(INSERT, seq, at, run, actor, event, text, previous, hash, mac);
        return new AuditHead(seq, HexFormat.of().formatHex(hash));
    }

    /** The newest entry; empty if there is none. */
    public Optional<AuditHead> head() {
        return tx.first(
                LAST, row -> new AuditHead(row.getLong(1), HexFormat.of().formatHex(row.getBytes(2))));
    }

    static byte[] hash(long seq, String at, String run, String actor, String event, String body, byte[] previous) {
        byte[] entry = LengthPrefixed.of("sealway/audit/v1")
                .and(ByteBuffer.allocate(Long.BYTES).putLong(seq).array())
                .and(at)
                .and(run)
                .and(actor)
                .and(event)
                .and(body)
                .and(previous)
                .toByteArray();
        return Sha256.begin().digest(entry);
    }
}
