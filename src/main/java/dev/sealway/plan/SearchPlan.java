package dev.sealway.plan;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The blind index of a column.
 *
 * @param normalizer a normaliser's id, {@code email/1}, or its bare name, which means the newest version
 * @param carryUnique whether the uniqueness of the plaintext column moves to the search token
 * @param context the token's context where it differs from the column's: equal contexts make tokens comparable
 * @param bits the token's length where the plan fixes it; otherwise it is derived from the number of rows
 * @param acceptedLeakage why the leakage gate may be passed, in the reviewer's words
 */
public record SearchPlan(
        String normalizer,
        boolean carryUnique,
        Optional<String> context,
        OptionalInt bits,
        Optional<String> acceptedLeakage) {}
