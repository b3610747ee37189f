package dev.sealway.workflow;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.NewColumn;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.phase.estimate.Estimate;
import dev.sealway.phase.estimate.EstimateReport;
import dev.sealway.plan.Selection;
import java.util.List;

/** Estimates tables as they would be registered, whether they are expanded or not. */
final class EstimateFlow {

    private final Means means;
    private final Journal journal;

    EstimateFlow(Means means) {
        this.means = means;
        this.journal = new Journal(means);
    }

    EstimateReport run(Selection selection) {
        return journal.run("estimate", selection, run -> {
            Estimate estimate = new Estimate(means.database(), means.walk());
            return new EstimateReport(new CheckFlow(means)
                    .proposals(selection).stream()
                            .map(p -> estimate.run(walked(p)))
                            .toList());
        });
    }

    private WalkedTable walked(Proposal proposal) {
        List<RegisteredColumn> columns =
                proposal.columns().stream().map(EstimateFlow::registered).toList();
        RegisteredTable table = new RegisteredTable(
                0,
                means.plan().name(),
                proposal.live().name(),
                proposal.live().oid(),
                proposal.plan().mode(),
                proposal.plan().binding(),
                columns);
        return new WalkedTable(
                table,
                proposal.live(),
                WalkedTable.rowKeyOf(proposal.live()),
                columns.stream()
                        .map(c -> new WalkedColumn(
                                c,
                                means.ciphers().of(c.cipher(), c.keyset()),
                                Resolver.tokens(means.keys(), c),
                                table.binding()))
                        .toList(),
                proposal.plan().where());
    }

    private static RegisteredColumn registered(NewColumn column) {
        return new RegisteredColumn(
                0,
                0,
                column.plaintext().name(),
                column.encrypted(),
                column.search(),
                column.context(),
                column.encoding(),
                column.cipher(),
                column.keyset(),
                column.change(),
                ColumnPhase.REGISTERED);
    }
}
