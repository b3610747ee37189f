package dev.sealway.search;

/**
 * How the values of a column are spread once they are normalised; NULLs do not count.
 *
 * @param rows how many values there are
 * @param distinct how many different ones
 * @param top how often the most frequent one occurs
 */
public record ValueDistribution(long rows, long distinct, long top) {

    public ValueDistribution {
        if (distinct < 0 || distinct > rows || top < 0 || top > rows) {
            throw new IllegalArgumentException(
                    "%d different values, the most frequent %d times, do not fit into %d rows"
                            .formatted(distinct, top, rows));
        }
    }

    /** Whether no value occurs twice: then equality tells nothing yet, however few values there are. */
    boolean isAllDifferent() {
        return distinct == rows;
    }
}
