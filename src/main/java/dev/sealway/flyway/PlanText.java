package dev.sealway.flyway;

import dev.sealway.config.PlanTexts;
import dev.sealway.plan.Plan;

/** The text of a plan file. @param source names it in messages */
record PlanText(String text, String source) {

    Plan plan() {
        return PlanTexts.plan(text, source);
    }
}
