package dev.sealway.catalog.check;

import dev.sealway.plan.PlanFault;
import dev.sealway.plan.PlanRefusedException;
import java.util.List;

/**
 * What came of holding a plan against the database.
 *
 * @param faults why it cannot be carried out, in the order of the plan
 * @param notices what its reviewer should know; lines of text without values of rows, some of several lines
 */
public record PlanFindings(List<PlanFault> faults, List<String> notices) {

    public PlanFindings {
        faults = List.copyOf(faults);
        notices = List.copyOf(notices);
    }

    /**
     * @param source the plan's file, as the user named it
     * @throws PlanRefusedException with all faults, if there are any
     */
    public void refuseFaults(String source) {
        if (!faults.isEmpty()) {
            throw new PlanRefusedException(source, faults);
        }
    }
}
