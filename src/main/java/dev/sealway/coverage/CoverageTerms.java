package dev.sealway.coverage;

import dev.sealway.error.SealwayException;
import dev.sealway.ledger.ColumnPhase;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a database is held to.
 *
 * @param until how far every column should be at least: expanded, backfilled, verified, cut over or contracted; a column
 *     in place is done once it is verified
 * @param concerns what is looked for; the rest is neither looked at nor reported
 */
public record CoverageTerms(ColumnPhase until, Set<Concern> concerns) {

    private static final List<ColumnPhase> AIMS = List.of(
            ColumnPhase.EXPANDED,
            ColumnPhase.BACKFILLED,
            ColumnPhase.VERIFIED,
            ColumnPhase.CUT_OVER,
            ColumnPhase.CONTRACTED);

    /** Every column verified, and everything looked for. */
    public static final CoverageTerms USUAL = new CoverageTerms(ColumnPhase.VERIFIED, EnumSet.allOf(Concern.class));

    public CoverageTerms {
        concerns = Set.copyOf(concerns);
        if (!AIMS.contains(until)) {
            throw SealwayException.wrongUsage(
                    "no column is meant to be %s; there are %s".formatted(until.word(), aims()));
        }
    }

    /**
     * @param until {@code verified}, or {@code cut-over}
     * @param concerns separated by commas, see {@link Concern#parse}
     * @throws SealwayException if either is unknown
     */
    public static CoverageTerms parse(String until, String concerns) {
        String word = until.strip().toLowerCase(Locale.ROOT);
        return new CoverageTerms(
                AIMS.stream()
                        .filter(phase -> hyphened(phase).equals(word))
                        .findFirst()
                        .orElseThrow(() -> SealwayException.wrongUsage(
                                "no phase to be held to is called '%s'; there are %s".formatted(until, aims()))),
                Concern.parse(concerns));
    }

    private static String aims() {
        return AIMS.stream().map(CoverageTerms::hyphened).collect(Collectors.joining(", "));
    }

    private static String hyphened(ColumnPhase phase) {
        return phase.word().replace(' ', '-');
    }

    boolean asksFor(Concern concern) {
        return concerns.contains(concern);
    }
}
