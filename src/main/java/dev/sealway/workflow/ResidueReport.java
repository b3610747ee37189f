package dev.sealway.workflow;

import dev.sealway.residue.Trace;
import dev.sealway.residue.Trace.State;
import java.util.List;

/**
 * Where plaintext lingers, or may.
 *
 * @param plan the plan's name
 * @param traces table by table, then what they share, then what SQL cannot see
 */
public record ResidueReport(String plan, List<Trace> traces) {

    public ResidueReport {
        traces = List.copyOf(traces);
    }

    /** How many places are in a state. */
    public long count(State state) {
        return traces.stream().filter(t -> t.state() == state).count();
    }
}
