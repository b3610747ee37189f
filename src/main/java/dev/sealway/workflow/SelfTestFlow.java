package dev.sealway.workflow;

import dev.sealway.error.SealwayException;
import dev.sealway.phase.selftest.SelfTest;
import dev.sealway.phase.selftest.SelfTestReport;
import dev.sealway.plan.Selection;
import java.util.ArrayList;
import java.util.List;

/** Tests a sealed row of every table; keeps nothing, so it is no run and takes no lease. */
final class SelfTestFlow {

    private final Means means;

    SelfTestFlow(Means means) {
        this.means = means;
    }

    /** @throws SealwayException if a column is not expanded, or the keys are another database's */
    SelfTestReport run(Selection selection) {
        Resolver resolver = new Resolver(means);
        List<ResolvedTable> tables = resolver.resolve(selection);
        new Journal(means).compareKeys(selection);
        List<SelfTestReport.Column> columns = new ArrayList<>();
        for (ResolvedTable table : tables) {
            columns.addAll(new SelfTest(means.database()).run(resolver.walked(table, table.selected())));
        }
        return new SelfTestReport(columns);
    }
}
