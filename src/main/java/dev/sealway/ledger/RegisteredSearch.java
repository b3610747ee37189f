package dev.sealway.ledger;

import dev.sealway.jdbc.Identifier;

/**
 * A column's blind index, frozen when it was registered.
 *
 * @param column {@code <col>_search}
 * @param normalizer with its version, {@code email/1}
 * @param context the first domain of the token
 * @param indexName the second domain of the token: {@code eq} for equality on the whole value
 * @param bits how many bits of the token are kept, 1 to 256
 * @param carryUnique whether the token carries the column's uniqueness
 */
public record RegisteredSearch(
        Identifier column, String normalizer, String context, String indexName, int bits, boolean carryUnique) {}
