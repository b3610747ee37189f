package dev.sealway.ledger;

import dev.sealway.audit.AuditTrail;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The evidence of each column's last full verify. Bound to one transaction; not thread-safe. */
public final class EvidenceStore {

    private static final int DIGEST_BYTES = 32;

    private final Transaction tx;

    private EvidenceStore(Transaction tx) {
        this.tx = tx;
    }

    public static EvidenceStore in(Transaction tx) {
        return new EvidenceStore(tx);
    }

    /**
     * Puts the evidence of a run in place of an earlier run's.
     *
     * @param chunks the total among them
     */
    public void replace(RegisteredColumn column, long runId, List<EvidenceChunk> chunks) {
        tx.execute(Sql.of("DELETE FROM sealway.evidence WHERE column_id = ?"), column.id());
        chunks.forEach(chunk -> insert(column.id(), runId, chunk));
        chunks.stream()
                .filter(chunk -> chunk.number() == EvidenceChunk.TOTAL)
                .forEach(total -> tell(column, runId, total));
    }

    private void tell(RegisteredColumn column, long runId, EvidenceChunk total) {
        Map<String, Object> body = new HashMap<>();
        body.put("column", new RegisteredColumnRows(tx).describe(column.id()));
        body.put("rows", total.rows());
        body.put("nulls", total.nulls());
        body.put("sum", "%064x".formatted(total.sum()));
        keyId().ifPresent(id -> body.put("key_id", id));
        AuditTrail.in(tx).append(runId, "evidence.stored", body);
    }

    /** The key that makes evidence here, which does not rotate; empty where no key bundle was seen. */
    public Optional<Long> keyId() {
        return tx.first(
                Sql.of("SELECT key_id FROM sealway.keyring WHERE keyset = ? AND is_primary"),
                row -> row.getLong(1),
                KeyBundle.EVIDENCE_KEYSET);
    }

    private void insert(long columnId, long runId, EvidenceChunk chunk) {
        tx.execute(
                Sql.of("""
                        INSERT INTO sealway.evidence
                               (column_id, run_id, chunk_no, first_key, last_key, row_count, null_count, digest)
                        VALUES (?, ?, ?, nullif(?::text[], '{}'), nullif(?::text[], '{}'), ?, ?, ?)"""),
                columnId,
                runId,
                chunk.number(),
                RowKeys.array(chunk.first()),
                RowKeys.array(chunk.last()),
                chunk.rows(),
                chunk.nulls(),
                digest(chunk.sum()));
    }

    /** The total first, then the chunks in the order of the row key; empty if the column was never verified. */
    public List<EvidenceChunk> of(RegisteredColumn column) {
        return tx.list(Sql.of("""
                        SELECT chunk_no, first_key, last_key, row_count, null_count, digest
                          FROM sealway.evidence WHERE column_id = ? ORDER BY chunk_no"""), EvidenceStore::read, column.id());
    }

    /** The verify that stored it; empty if none did. */
    public Optional<Long> runOf(RegisteredColumn column) {
        return tx.first(
                Sql.of("SELECT run_id FROM sealway.evidence WHERE column_id = ? AND chunk_no = ?"),
                row -> row.getLong(1),
                column.id(),
                EvidenceChunk.TOTAL);
    }

    private static EvidenceChunk read(ResultSet row) throws SQLException {
        return new EvidenceChunk(
                row.getInt(1),
                RowKeys.read(row, 2),
                RowKeys.read(row, 3),
                row.getLong(4),
                row.getLong(5),
                new BigInteger(1, row.getBytes(6)));
    }

    /** Big-endian, filled up with zeros in front; without the sign's byte that {@code toByteArray} may put there. */
    private static byte[] digest(BigInteger sum) {
        byte[] bytes = sum.toByteArray();
        byte[] digest = new byte[DIGEST_BYTES];
        int length = Math.min(bytes.length, DIGEST_BYTES);
        System.arraycopy(bytes, bytes.length - length, digest, DIGEST_BYTES - length, length);
        return digest;
    }
}
