package dev.sealway.search;

import dev.sealway.crypto.LengthPrefixed;

/**
 * How the search tokens of one column are made.
 *
 * <p>Tokens of two blind indexes can be compared only if context, index name, normaliser, bits and key are the same.
 * Immutable.
 */
public final class BlindIndex {

    private final String context;
    private final String indexName;
    private final Normalizer normalizer;
    private final int bits;
    private final byte[] domain;

    private BlindIndex(String context, String indexName, Normalizer normalizer, int bits) {
        if (bits < 1 || bits > TokenLength.MOST_BITS) {
            throw new IllegalArgumentException(
                    "a search token has 1 to %d bits, not %d".formatted(TokenLength.MOST_BITS, bits));
        }
        this.context = context;
        this.indexName = indexName;
        this.normalizer = normalizer;
        this.bits = bits;
        this.domain = LengthPrefixed.of("sealway/token/v1", context, indexName, normalizer.id())
                .toByteArray();
    }

    /**
     * @param context the first domain of the tokens, usually the column's frozen logical name
     * @param indexName the second domain, see {@link Normalizer#indexName}
     * @param bits how many leading bits of the keyed hash are kept, 1 to 256
     */
    public static BlindIndex of(String context, String indexName, Normalizer normalizer, int bits) {
        return new BlindIndex(context, indexName, normalizer, bits);
    }

    public String context() {
        return context;
    }

    public String indexName() {
        return indexName;
    }

    public Normalizer normalizer() {
        return normalizer;
    }

    public int bits() {
        return bits;
    }

    /** The bytes of a token: the bits rounded up. */
    public int length() {
        return (bits + 7) / 8;
    }

    /** What precedes the normalised value in the hash's input; not to be changed. */
    byte[] domain() {
        return domain;
    }

    @Override
    public String toString() {
        return "BlindIndex[%s %s %s %d bits]".formatted(context, indexName, normalizer.id(), bits);
    }
}
