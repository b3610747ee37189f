package dev.sealway.migration;

import dev.sealway.config.PlanTexts;
import dev.sealway.plan.Plan;

/** The text of a plan file. @param source names it in messages */
public record PlanText(String text, String source) {

    public Plan plan() {
        return PlanTexts.plan(text, source);
    }
}
