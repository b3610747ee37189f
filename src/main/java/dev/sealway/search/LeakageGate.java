package dev.sealway.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges whether a blind index would give its values away: someone who sees the tokens counts them, and a value with few
 * or lopsided possibilities is read off from the counts.
 *
 * <p>Refused unless a reviewer accepts it: fewer than {@value #FEWEST_DISTINCT} different values, a value in more than
 * {@value #MOST_PERCENT} % of the rows, or a type or part of which all values can be listed. The two counts are judged only
 * once a value repeats: of a handful of rows that all differ they say nothing.
 */
public final class LeakageGate {

    private static final long FEWEST_DISTINCT = 1000;
    private static final long MOST_PERCENT = 5;

    /** What every blind index tells, to be shown with every verdict. */
    public static final List<String> ALWAYS = List.of(
            "equal values are visible as equal",
            "frequency analysis applies",
            "anyone who can insert values and read the token column can test guesses");

    private LeakageGate() {}

    /** What comes of it. */
    public sealed interface Verdict {

        /** Nothing speaks against the index beyond {@link #ALWAYS}. */
        record Clear() implements Verdict {}

        /**
         * A reviewer accepted what speaks against it.
         *
         * @param reasons what speaks against it, at least one
         * @param acceptance the reviewer's words
         */
        record Accepted(List<String> reasons, String acceptance) implements Verdict {
            public Accepted {
                reasons = List.copyOf(reasons);
            }
        }

        /** @param reasons what speaks against it, at least one; counts only, no values */
        record Refused(List<String> reasons) implements Verdict {
            public Refused {
                reasons = List.copyOf(reasons);
            }
        }
    }

    /**
     * @param values measured under {@code normalizer}
     * @param enumerableType whether all values of the column's type can be listed: boolean, enum, a date of birth alone
     * @param acceptance why the gate may be passed, in the reviewer's words; blank counts as none
     */
    public static Verdict judge(
            ValueDistribution values, Normalizer normalizer, boolean enumerableType, Optional<String> acceptance) {
        List<String> reasons = reasons(values, normalizer, enumerableType);
        if (reasons.isEmpty()) {
            return new Verdict.Clear();
        }
        return acceptance
                .filter(words -> !words.isBlank())
                .<Verdict>map(words -> new Verdict.Accepted(reasons, words))
                .orElseGet(() -> new Verdict.Refused(reasons));
    }

    private static List<String> reasons(ValueDistribution values, Normalizer normalizer, boolean enumerableType) {
        List<String> reasons = new ArrayList<>();
        if (enumerableType) {
            reasons.add("all values of the column's type can be listed");
        }
        if (normalizer == Normalizer.LAST4_1) {
            reasons.add("there are only 10000 values of %s".formatted(normalizer.id()));
        }
        if (!values.isAllDifferent()) {
            reasons.addAll(counts(values));
        }
        return reasons;
    }

    private static List<String> counts(ValueDistribution values) {
        List<String> reasons = new ArrayList<>();
        if (values.distinct() < FEWEST_DISTINCT) {
            reasons.add("only %d different values in %d rows, at least %d are wanted"
                    .formatted(values.distinct(), values.rows(), FEWEST_DISTINCT));
        }
        double percent = 100.0 * values.top() / values.rows();
        if (percent > MOST_PERCENT) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "the most frequent value stands in %.1f %% of %d rows, at most %d %% are wanted",
                    percent,
                    values.rows(),
                    MOST_PERCENT));
        }
        return reasons;
    }
}
