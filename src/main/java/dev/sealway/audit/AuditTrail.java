package dev.sealway.audit;

import dev.sealway.crypto.Mac;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The audit trail of a database: appended to in the transaction of the change that an entry tells of, so that neither is
 * there without the other.
 *
 * <p>Entries are written as the last thing before the commit, by whoever holds an advisory lock until then: so the trail
 * has one order, and no transaction waits for another lock while it holds that one. Bound to one transaction, of isolation
 * level READ COMMITTED where it appends; not thread-safe.
 */
public final class AuditTrail {

    /** "sealwayA" in ASCII. */
    private static final long LOCK = 0x7365616C77617941L;

    private static final Sql EXISTS = Sql.of("SELECT pg_catalog.to_regclass('sealway.audit') IS NOT NULL");

    /** By the database's clock, which all runners share. */
    private static final Sql NOW = Sql.of("""
            SELECT session_user::pg_catalog.text,
                   pg_catalog.to_char(pg_catalog.clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""");

    private static final Sql LAST = Sql.of("SELECT seq, entry_hash FROM sealway.audit ORDER BY seq DESC LIMIT 1");

    private static final Sql INSERT = Sql.of("""
            INSERT INTO sealway.audit (seq, at, run_id, actor, event, body, prev_hash, entry_hash, mac)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?::pg_catalog.bytea, ''))""");

    private static final byte[] UNSIGNED = {};
    private static final int FETCH = 1_000;

    private final Transaction tx;

    private AuditTrail(Transaction tx) {
        this.tx = tx;
    }

    public static AuditTrail in(Transaction tx) {
        return new AuditTrail(tx);
    }

    /** Whether this database has an audit trail: one whose ledger is older has none. */
    public boolean exists() {
        return tx.isTrue(EXISTS);
    }

    /**
     * Appends an entry at the end of this transaction.
     *
     * @param event what happened, as {@code column.verified}
     * @param body names of objects, counts, key ids, sums and durations; never a value, a token, a ciphertext or a row key
     * @return this, for more entries
     */
    public AuditTrail append(long runId, String event, Map<String, ?> body) {
        return append(Long.toString(runId), event, Json.canonical(body));
    }

    /** As {@link #append(long, String, Map)}, where the run is not known. */
    public AuditTrail append(String event, Map<String, ?> body) {
        return append("", event, Json.canonical(body));
    }

    private AuditTrail append(String run, String event, String body) {
        tx.beforeCommit(() -> write(run, event, body));
        return this;
    }

    /** The signer is asked before the lock is taken: it may have to fetch a key bundle. */
    private void write(String run, String event, String body) {
        Optional<AuditPen> pen = tx.companion(AuditPen.class);
        Optional<Mac> mac = pen.flatMap(p -> p.mac(tx));
        tx.execute(Sql.of("SELECT pg_catalog.pg_advisory_xact_lock(?)"), LOCK);
        AuditEntry entry = after(head().orElse(AuditHead.GENESIS), run, actor(pen), event, body);
        byte[] hash = entry.computedHash();
        tx.execute(
                INSERT,
                entry.seq(),
                entry.at(),
                run,
                entry.actor(),
                event,
                body,
                HexFormat.of().parseHex(entry.previous()),
                hash,
                mac.map(m -> m.tag(hash)).orElse(UNSIGNED));
        AuditHead written = new AuditHead(entry.seq(), HexFormat.of().formatHex(hash));
        pen.ifPresent(p -> tx.afterCommit(() -> p.wrote(written)));
    }

    /** Who, and when. */
    private record Signature(String actor, String at) {}

    /** Who an entry would be by: the role that logged in and, in brackets, the operator. */
    public String actor() {
        return actor(tx.companion(AuditPen.class)).actor;
    }

    private Signature actor(Optional<AuditPen> pen) {
        Signature now = tx.first(NOW, row -> new Signature(row.getString(1), row.getString(2)))
                .orElseThrow();
        return pen.map(p -> new Signature("%s (%s)".formatted(now.actor, p.operator()), now.at))
                .orElse(now);
    }

    private static AuditEntry after(AuditHead last, String run, Signature now, String event, String body) {
        return new AuditEntry(last.seq() + 1, now.at, run, now.actor, event, body, last.hash(), "", Optional.empty());
    }

    /** The newest entry; empty if there is none. */
    public Optional<AuditHead> head() {
        return tx.first(
                LAST, row -> new AuditHead(row.getLong(1), HexFormat.of().formatHex(row.getBytes(2))));
    }

    /** The first entries after {@code seq}, the oldest first. */
    public List<AuditEntry> after(long seq, int limit) {
        return tx.list(
                Sql.of("{select} WHERE seq > ? ORDER BY seq LIMIT ?").with("select", AuditEntry.SELECT),
                AuditEntry::read,
                seq,
                limit);
    }

    /** The last entries, the oldest first. */
    public List<AuditEntry> last(int limit) {
        List<AuditEntry> entries = new ArrayList<>(tx.list(
                Sql.of("{select} ORDER BY seq DESC LIMIT ?").with("select", AuditEntry.SELECT),
                AuditEntry::read,
                limit));
        Collections.reverse(entries);
        return entries;
    }

    /** The entries of one kind, the oldest first. */
    public List<AuditEntry> of(String event) {
        return tx.list(
                Sql.of("{select} WHERE event = ? ORDER BY seq").with("select", AuditEntry.SELECT),
                AuditEntry::read,
                event);
    }

    /** Every entry in order, in constant memory. */
    void each(Consumer<AuditEntry> taker) {
        tx.each(
                Sql.of("{select} ORDER BY seq").with("select", AuditEntry.SELECT),
                row -> {
                    taker.accept(AuditEntry.read(row));
                    return true;
                },
                FETCH);
    }
}
