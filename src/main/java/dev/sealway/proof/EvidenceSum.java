package dev.sealway.proof;

import dev.sealway.crypto.LengthPrefixed;
import dev.sealway.crypto.MultisetHash;
import dev.sealway.crypto.Prf;
import dev.sealway.ledger.EvidenceChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sums up one column: per chunk of {@value #CHUNK_ROWS} rows and in all.
 *
 * <p>Per row {@code PRF(LP("sealway/evidence/v1", evidence id, context, key…, 0x00 or 0x01‖value))}, 32 bytes, added
 * modulo 2^256. Not thread-safe.
 */
public final class EvidenceSum {

    static final int CHUNK_ROWS = 10_000;

    private static final byte[] NULL = {0};

    private final Prf prf;
    private final String evidenceId;
    private final String context;
    private final List<EvidenceChunk> chunks = new ArrayList<>();
    private final MultisetHash total = new MultisetHash();
    private long totalRows;
    private long totalNulls;

    private MultisetHash chunk = new MultisetHash();
    private long rows;
    private long nulls;
    private @Nullable List<String> firstKey;
    private @Nullable List<String> lastKey;

    /** @param evidenceId tells this evidence from every other */
    public EvidenceSum(Prf prf, String evidenceId, String context) {
        this.prf = prf;
        this.evidenceId = evidenceId;
        this.context = context;
    }

    /** @param value null for a row without one; left as it is */
    public void add(List<String> key, byte @Nullable [] value) {
        byte[] number = prf.compute(input(key, value), 32);
        chunk.add(number);
        total.add(number);
        firstKey = firstKey == null ? key : firstKey;
        lastKey = key;
        nulls += value == null ? 1 : 0;
        if (++rows == CHUNK_ROWS) {
            closeChunk();
        }
    }

    private byte[] input(List<String> key, byte @Nullable [] value) {
        LengthPrefixed input = LengthPrefixed.of("sealway/evidence/v1", evidenceId, context);
        key.forEach(input::and);
        return input.and(value == null ? NULL : marked(value)).toByteArray();
    }

    private static byte[] marked(byte[] value) {
        byte[] marked = new byte[value.length + 1];
        marked[0] = 1;
        System.arraycopy(value, 0, marked, 1, value.length);
        return marked;
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
