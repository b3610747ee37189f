package dev.sealway.phase.purge;

import dev.sealway.residue.Trace;
import java.util.List;

/**
 * What was rewritten, and where plaintext lingers all the same.
 *
 * @param steps in the order they were taken
 * @param traces every place, looked at again afterwards
 */
public record PurgeReport(List<PurgeStep> steps, List<Trace> traces) {

    public PurgeReport {
        steps = List.copyOf(steps);
        traces = List.copyOf(traces);
    }

    /** Whether nothing failed that may work another time; what remains residual is no failure. */
    public boolean passed() {
        return steps.stream().noneMatch(s -> s.outcome() == PurgeStep.Outcome.FAILED);
    }
}
