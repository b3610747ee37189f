package dev.sealway.crypto;

import java.util.List;

/**
 * What a ciphertext is bound to: it opens only under the very same associated data.
 *
 * <p>Format: {@link LengthPrefixed} over {@code "sealway/field/v1", context, encoding} for a column, and over
 * {@code "sealway/field-row/v1", context, encoding, row key…} for one row of it, the row key as the text of each of its
 * columns in key order; empty where nothing is bound. Immutable.
 */
public final class AssociatedData {

    private final byte[] bytes;

    private AssociatedData(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param context the column's frozen logical name
     * @param encoding how the plaintext bytes were made from the SQL value
     */
    public static AssociatedData ofColumn(String context, Encoding encoding) {
        return new AssociatedData(
                LengthPrefixed.of("sealway/field/v1", context, encoding.id()).toByteArray());
    }

    /** Of a keyset's canary, which belongs to no column: {@code LP("sealway/canary/v1", keyset)}. */
    public static AssociatedData ofCanary(String keyset) {
        return new AssociatedData(LengthPrefixed.of("sealway/canary/v1", keyset).toByteArray());
    }

    /** Nothing at all: a ciphertext that opens anywhere. For values that others sealed, or open, without any. */
    public static AssociatedData none() {
        return new AssociatedData(new byte[0]);
    }

    /** @param rowKey the text of every row key column, in key order */
    public static AssociatedData ofRow(String context, Encoding encoding, List<String> rowKey) {
        LengthPrefixed all = LengthPrefixed.of("sealway/field-row/v1", context, encoding.id());
        rowKey.forEach(all::and);
        return new AssociatedData(all.toByteArray());
    }

    /** The bytes themselves; callers do not change them. */
    public byte[] bytes() {
        return bytes;
    }
}
