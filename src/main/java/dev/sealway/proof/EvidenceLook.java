package dev.sealway.proof;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.MultisetHash;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.crypto.Plaintext;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.EvidenceChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sums up one column again from its ciphertexts alone, chunk by chunk as its evidence was cut, in the caller's transaction
 * and in constant memory. Not thread-safe.
 */
public final class EvidenceLook {

    private static final int MAX_ROWS = 500;
    private static final long MAX_BYTES = 8L << 20;

    private final Transaction tx;
    private final WalkedColumn column;
    private final Optional<EvidenceHash> hash;
    private final EvidenceSql sql;

    private final List<List<String>> keys = new ArrayList<>();
    private final List<byte[]> ciphertexts = new ArrayList<>();
    private long bytes;
    private MultisetHash sum = new MultisetHash();
    private long rows;
    private long nulls;
    private long failed;

    public EvidenceLook(Transaction tx, WalkedTable table, WalkedColumn column, EvidenceHash hash) {
        this(tx, table, column, Optional.of(hash));
    }

    /** Sums nothing up: what is asked is only whether every ciphertext opens. */
    public static EvidenceLook withoutSum(Transaction tx, WalkedTable table, WalkedColumn column) {
        return new EvidenceLook(tx, table, column, Optional.empty());
    }

    private EvidenceLook(Transaction tx, WalkedTable table, WalkedColumn column, Optional<EvidenceHash> hash) {
        this.tx = tx;
        this.column = column;
        this.hash = hash;
        this.sql = new EvidenceSql(table, column);
    }

    /** The stretch of one chunk: a row that was put between two chunks counts for the one before. */
    public StretchSum chunk(List<EvidenceChunk> chunks, int at) {
        return run(sql.chunk(chunks, at));
    }

    /** Every row; in place those that are encrypted. */
    public StretchSum everything() {
        return run(sql.everything());
    }

    /** Rows whose keys lie before or after all of the evidence: they were not there when it was made. */
    public List<StretchSum> outside(List<EvidenceChunk> chunks) {
        return chunks.isEmpty()
                ? List.of(run(sql.everything()))
                : List.of(run(sql.before(chunks)), run(sql.after(chunks)));
    }

    private StretchSum run(EvidenceSql.Query query) {
        sum = new MultisetHash();
        rows = 0;
        nulls = 0;
        failed = 0;
        int keyCount = sql.keys();
        tx.each(
                query.sql(),
                row -> {
                    List<String> key = new ArrayList<>(keyCount);
                    for (int k = 1; k <= keyCount; k++) {
                        key.add(row.getString(k));
                    }
                    take(key, row.getBytes(keyCount + 1));
                    return true;
                },
                MAX_ROWS,
                query.binds());
        open();
        return new StretchSum(rows, nulls, failed, sum.sum());
    }

    private void take(List<String> key, byte @Nullable [] ciphertext) {
        rows++;
        if (ciphertext == null) {
            nulls++;
            hash.ifPresent(h -> sum.add(h.of(key, null)));
            return;
        }
        keys.add(key);
        ciphertexts.add(ciphertext);
        bytes += ciphertext.length;
        if (keys.size() == MAX_ROWS || bytes >= MAX_BYTES) {
            open();
        }
    }

    private void open() {
        if (!keys.isEmpty()) {
            List<Attempt<Plaintext>> opened = column.openAll(ciphertexts, keys);
            for (int i = 0; i < keys.size(); i++) {
                add(keys.get(i), opened.get(i));
            }
        }
        keys.clear();
        ciphertexts.clear();
        bytes = 0;
    }

    /** @throws dev.sealway.error.SealwayException if the failure says nothing about the ciphertext */
    private void add(List<String> key, Attempt<Plaintext> opened) {
        try (Plaintext value = opened.orThrow()) {
            hash.ifPresent(h -> sum.add(h.of(key, value.revealBytes())));
        } catch (OpenFailedException e) {
            failed++;
        }
    }
}
