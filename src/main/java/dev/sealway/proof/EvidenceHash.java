package dev.sealway.proof;

import dev.sealway.crypto.LengthPrefixed;
import dev.sealway.crypto.Prf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The number that one row adds to the evidence of a column:
 * {@code PRF(LP("sealway/evidence/v1", evidence id, context, key…, 0x00 or 0x01‖value))}, 32 bytes. Thread-safe.
 */
public final class EvidenceHash {

    private static final byte[] NULL = {0};
    private static final int BYTES = 32;

    private final Prf prf;
    private final byte[] domain;

    /** @param evidenceId tells this evidence from every other */
    public EvidenceHash(Prf prf, String evidenceId, String context) {
        this.prf = prf;
        this.domain =
                LengthPrefixed.of("sealway/evidence/v1", evidenceId, context).toByteArray();
    }

    /**
     * What a row adds to a sum.
     *
     * @param number 32 bytes
     * @param isNull whether the row has no value
     */
    public record Entry(byte[] number, boolean isNull) {

        /** Without the number. */
        @Override
        public String toString() {
            return "Entry[isNull=%s]".formatted(isNull);
        }
    }

    /** What the evidence of a verify goes by. */
    public static String idOf(long runId) {
        return "run/%s".formatted(runId);
    }

    /** @param value null for a row without one; left as it is */
    public Entry entry(List<String> key, byte @Nullable [] value) {
        return new Entry(of(key, value), value == null);
    }

    /** @param value null for a row without one; left as it is */
    public byte[] of(List<String> key, byte @Nullable [] value) {
        LengthPrefixed input = LengthPrefixed.startingWith(domain);
        key.forEach(input::and);
        return prf.compute(input.and(value == null ? NULL : marked(value)).toByteArray(), BYTES);
    }

    private static byte[] marked(byte[] value) {
        byte[] marked = new byte[value.length + 1];
        marked[0] = 1;
        System.arraycopy(value, 0, marked, 1, value.length);
        return marked;
    }
}
