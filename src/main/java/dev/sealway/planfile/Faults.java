package dev.sealway.planfile;

import dev.sealway.plan.PlanFault;
import dev.sealway.plan.PlanRefusedException;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong with a file, so that it is refused once with everything. Not thread-safe. */
final class Faults {

    private final String source;
    private final List<PlanFault> found = new ArrayList<>();

    Faults(String source) {
        this.source = source;
    }

    void add(PlanFault fault) {
        found.add(fault);
    }

    void add(Node node, String place, String message) {
        add(node.getStartMark().orElseThrow(), place, message);
    }

    void add(Mark mark, String place, String message) {
        add(new PlanFault(mark.getLine() + 1, mark.getColumn() + 1, place, message));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** @throws PlanRefusedException with everything found, if anything was */
    void refuse() {
        if (!found.isEmpty()) {
            throw new PlanRefusedException(source, found);
        }
    }
}
