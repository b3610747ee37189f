package dev.sealway.audit;

import dev.sealway.crypto.LengthPrefixed;
import dev.sealway.crypto.Sha256;
import dev.sealway.jdbc.Sql;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One entry of the audit trail, as it stands in the database.
 *
 * @param seq from 1, without gaps
 * @param at {@code yyyy-MM-ddTHH:mm:ss.SSSSSSZ}, by the database's clock
 * @param runId of the run that wrote it; empty if none did
 * @param actor the role that logged in and, in brackets, the operator
 * @param event what happened, as {@code column.verified}
 * @param body canonical JSON
 * @param previous the hash of the entry before, in lower-case hex; zeros for the first
 * @param hash in lower-case hex
 * @param mac the tag of the hash, in lower-case hex; empty if the entry is not signed
 */
public record AuditEntry(
        long seq,
        String at,
        String runId,
        String actor,
        String event,
        String body,
        String previous,
        String hash,
        Optional<String> mac) {

    static final Sql SELECT = Sql.of("""
            SELECT seq, at, run_id, actor, event, body, prev_hash, entry_hash, mac FROM sealway.audit""");

    static AuditEntry read(ResultSet row) throws SQLException {
        HexFormat hex = HexFormat.of();
        return new AuditEntry(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                hex.formatHex(row.getBytes(7)),
                hex.formatHex(row.getBytes(8)),
                Optional.ofNullable(row.getBytes(9)).map(hex::formatHex));
    }

    public AuditHead head() {
        return new AuditHead(seq, hash);
    }

    /** {@code SHA-256(LP("sealway/audit/v1", u64(seq), at, run_id, actor, event, body, prev_hash))}. */
    byte[] computedHash() {
        byte[] entry = LengthPrefixed.of("sealway/audit/v1")
                .and(ByteBuffer.allocate(Long.BYTES).putLong(seq).array())
                .and(at)
                .and(runId)
                .and(actor)
                .and(event)
                .and(body)
                .and(HexFormat.of().parseHex(previous))
                .toByteArray();
        return Sha256.begin().digest(entry);
    }
}
