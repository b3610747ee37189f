package dev.sealway.plan;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One plaintext column that is to be encrypted.
 *
 * @param name the column, as the catalogue spells it
 * @param change the change of the plan that brings it in, from 1
 * @param line the line of the plan file that declares it, from 1; 0 if it did not come from a file
 * @param search the blind index, if equality search is wanted
 * @param pad the multiple of bytes to which values are padded; empty means the default of the column's type, 0 none
 * @param keyset the data keyset, where it differs from the plan's default
 * @param context the logical name bound into every ciphertext, where it differs from {@code schema.table.column}
 * @param unverifiedType whether a type outside the tested list is accepted after a full round-trip scan
 */
public record ColumnPlan(
        String name,
        int change,
        int line,
        Optional<SearchPlan> search,
        OptionalInt pad,
        Optional<String> keyset,
        Optional<String> context,
        boolean unverifiedType) {

    /** The widest padding that a plan can ask for, in bytes. */
    public static final int MAX_PAD = 65_536;

    public ColumnPlan {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a column has a name");
        }
        if (change < 1) {
            throw new IllegalArgumentException("changes are counted from 1, not %d".formatted(change));
        }
        if (pad.isPresent() && (pad.getAsInt() < 0 || pad.getAsInt() > MAX_PAD)) {
            throw new IllegalArgumentException("padding is 0 to %d bytes".formatted(MAX_PAD));
        }
    }

    /** The logical name that is bound into this column's ciphertexts, unless the ledger has frozen another. */
    public String contextIn(TableName table) {
        return context.orElseGet(() -> table + "." + name);
    }
}
