package dev.sealway.proof;

import dev.sealway.crypto.MultisetHash;
import dev.sealway.ledger.EvidenceChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sums up one column: per chunk of {@value #CHUNK_ROWS} rows and in all.
 *
 * <p>The {@link EvidenceHash} of every row, added modulo 2^256. Not thread-safe.
 */
public final class EvidenceSum {

    static final int CHUNK_ROWS = 10_000;

    private final List<EvidenceChunk> chunks = new ArrayList<>();
    private final MultisetHash total = new MultisetHash();
    private long totalRows;
    private long totalNulls;

    private MultisetHash chunk = new MultisetHash();
    private long rows;
    private long nulls;
    private @Nullable List<String> firstKey;
    private @Nullable List<String> lastKey;

    /** @param entry of {@link EvidenceHash#entry} */
    public void add(List<String> key, EvidenceHash.Entry entry) {
        chunk.add(entry.number());
        total.add(entry.number());
        firstKey = firstKey == null ? key : firstKey;
        lastKey = key;
        nulls += entry.isNull() ? 1 : 0;
        if (++rows == CHUNK_ROWS) {
            closeChunk();
        }
    }

    private void closeChunk() {
        chunks.add(new EvidenceChunk(
                chunks.size(), Optional.ofNullable(firstKey), Optional.ofNullable(lastKey), rows, nulls, chunk.sum()));
        totalRows += rows;
        totalNulls += nulls;
        chunk = new MultisetHash();
        rows = 0;
        nulls = 0;
        firstKey = null;
        lastKey = null;
    }

    /** All chunks, then the total. Nothing is added afterwards. */
    public List<EvidenceChunk> close() {
        if (rows > 0) {
            closeChunk();
        }
        List<EvidenceChunk> all = new ArrayList<>(chunks);
        all.add(EvidenceChunk.total(totalRows, totalNulls, total.sum()));
        return all;
    }
}
