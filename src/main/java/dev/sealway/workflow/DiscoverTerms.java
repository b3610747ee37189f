package dev.sealway.workflow;

import dev.sealway.discover.Detector;
import dev.sealway.discover.live.Bounds;
import dev.sealway.error.SealwayException;
import dev.sealway.plan.Plan;
import java.util.Optional;
import java.util.Set;

/**
 * What is looked for, and where.
 *
 * @param schemas none means all that are not the system's or Sealway's
 * @param minConfidence from which a column goes into the proposed plan, in percent; others are told, and commented out
 * @param existing whose columns are left out
 */
public record DiscoverTerms(Set<String> schemas, Bounds bounds, int minConfidence, Optional<Plan> existing) {

    public static final DiscoverTerms USUAL =
            new DiscoverTerms(Set.of(), Bounds.USUAL, Detector.LIKELY, Optional.empty());

    public DiscoverTerms {
        schemas = Set.copyOf(schemas);
        if (minConfidence < Detector.WORTH_A_LOOK || minConfidence > 99) {
            throw SealwayException.wrongUsage(
                    "a confidence is %d to 99 percent, not %d".formatted(Detector.WORTH_A_LOOK, minConfidence));
        }
    }
}
