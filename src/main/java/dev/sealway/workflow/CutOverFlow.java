package dev.sealway.workflow;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.LegacyWriter;
import dev.sealway.ledger.LegacyWrites;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.phase.cutover.CutOver;
import dev.sealway.phase.cutover.CutOverOrder;
import dev.sealway.phase.cutover.CutOverReport;
import dev.sealway.phase.cutover.StatementTexts;
import dev.sealway.plan.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Cuts over the selected columns, table by table, after every gate of every table was looked at. */
final class CutOverFlow {

    private final Means means;
    private final Journal journal;
    private final Resolver resolver;

    CutOverFlow(Means means) {
        this.means = means;
        this.journal = new Journal(means);
        this.resolver = new Resolver(means);
    }

    CutOverReport run(Selection selection, Duration soak) {
        return journal.run("cutover", selection, run -> {
            List<ResolvedTable> tables = new InPlace(means).expanded(resolver.resolve(selection), "sealway cutover");
            tables.forEach(ContractFlow::requireSettledTokens);
            journal.requireKeys(selection);
            List<CutOverOrder> orders = tables.stream()
                    .map(t -> order(t, soak))
                    .filter(o -> !o.table().columns().isEmpty())
                    .toList();
            CutOver cutOver = new CutOver(means.database(), means.shortLock(), means.walk());
            orders.forEach(cutOver::rehearse);
            List<CutOverReport.Table> done =
                    orders.stream().map(o -> cutOver.run(o, run)).toList();
            return new CutOverReport(done, notices(orders));
        });
    }

    /** What is cut over already is left alone. */
    private CutOverOrder order(ResolvedTable table, Duration soak) {
        List<RegisteredColumn> columns = Gates.requireAtLeast(table, ColumnPhase.VERIFIED, "verify").stream()
                .filter(c -> c.phase() == ColumnPhase.VERIFIED)
                .toList();
        return new CutOverOrder(resolver.walked(table, columns), table.plan().dispositions(), soak);
    }

    private List<String> notices(List<CutOverOrder> orders) {
        return means.database()
                .inTransaction(TransactionSettings.reading(), "searching statement texts", tx -> orders.stream()
                        .flatMap(o -> StatementTexts.naming(tx, o.table()).stream())
                        .toList());
    }

    /** What {@link #run} would do, and what would stop it. */
    List<String> preview(List<ResolvedTable> tables, Duration soak) {
        List<String> lines = new ArrayList<>();
        List<CutOverOrder> orders = new ArrayList<>();
        for (ResolvedTable table : new InPlace(means).expanded(tables, "sealway cutover")) {
            for (RegisteredColumn column : table.withPlaintext()) {
                lines.add("cut over column %s.%s (%s)"
                        .formatted(
                                table.live().name(),
                                column.plaintext(),
                                column.phase().word()));
            }
            legacyWriters(table)
                    .forEach(w -> lines.add("legacy writer of %s, seen %d times: %s"
                            .formatted(table.live().name(), w.seen(), w.words())));
            CutOver cutOver = new CutOver(means.database(), means.shortLock(), means.walk());
            try {
                CutOverOrder order = order(table, soak);
                orders.add(order);
                if (!order.table().columns().isEmpty()) {
                    cutOver.rehearse(order);
                }
            } catch (SealwayException e) {
                lines.add(PreviewFlow.REFUSED.formatted(e.getMessage()));
            }
        }
        lines.addAll(notices(orders));
        return lines;
    }

    private List<LegacyWriter> legacyWriters(ResolvedTable table) {
        return means.database()
                .inTransaction(TransactionSettings.reading(), "looking for legacy writers", tx -> LegacyWrites.in(tx)
                        .writers(table.registered()));
    }
}
