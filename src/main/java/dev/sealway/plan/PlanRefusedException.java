package dev.sealway.plan;

import dev.sealway.error.SealwayException;
import java.util.List;
import java.util.stream.Collectors;

/** A plan is refused, with all its faults at once. Nothing was changed. */
public final class PlanRefusedException extends SealwayException {

    private static final long serialVersionUID = 1L;

    private final List<PlanFault> faults;

    /**
     * @param source the plan's file, as the user named it
     * @param faults at least one, in any order
     */
    public PlanRefusedException(String source, List<PlanFault> faults) {
        super(Outcome.WRONG_USAGE, message(source, faults));
        this.faults = faults.stream().sorted().toList();
    }

    /** In the order of the file. */
    public List<PlanFault> faults() {
        return faults;
    }

    private static String message(String source, List<PlanFault> faults) {
        String count = faults.size() == 1 ? "a fault" : "%d faults".formatted(faults.size());
        return faults.stream()
                .sorted()
                .map(f -> "  " + f.at(source))
                .collect(Collectors.joining(
                        "\n", "the plan %s is refused for %s, nothing was changed:\n".formatted(source, count), ""));
    }
}
