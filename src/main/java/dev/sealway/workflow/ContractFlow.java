package dev.sealway.workflow;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.Confirmations;
import dev.sealway.ledger.Confirmations.Confirmed;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.Registry;
import dev.sealway.phase.contract.Contract;
import dev.sealway.phase.contract.ContractReport;
import dev.sealway.phase.contract.DropOrder;
import dev.sealway.plan.ConfirmationPhrase;
import dev.sealway.plan.Selection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Drops the plaintext of the selected columns, table by table, once a person has said the phrase.
 *
 * <p>The phrase is looked at first, then every gate of every table, the way back among them, and only then the first table
 * is touched. A drop that stopped half way goes on under the phrase it began with.
 */
final class ContractFlow {

    private final Means means;
    private final Journal journal;
    private final Resolver resolver;

    ContractFlow(Means means) {
        this.means = means;
        this.journal = new Journal(means);
        this.resolver = new Resolver(means);
    }

    ContractReport run(Selection selection, ContractTerms terms) {
        return journal.run("contract", selection, run -> {
            List<ResolvedTable> tables = new InPlace(means)
                    .expanded(resolver.resolve(selection), "sealway contract").stream()
                            .filter(t -> !t.withPlaintext().isEmpty())
                            .toList();
            if (tables.isEmpty()) {
                return new ContractReport(List.of(), List.of(), List.of());
            }
            tables.forEach(ContractFlow::requireSettledTokens);
            List<String> columns = columns(tables);
            Confirmed confirmed = requireConfirmed(columns, terms.phrase());
            journal.requireKeys(selection);
            List<DropOrder> orders = orders(tables);
            Contract contract = new Contract(means.database(), means.shortLock(), means.walk());
            orders.forEach(contract::look);
            new WayBackGate(means).pass(tables, terms, confirmed.phrase(), run);
            open(confirmed);
            return drop(contract, orders, run);
        });
    }

    private ContractReport drop(Contract contract, List<DropOrder> orders, long run) {
        List<ContractReport.Table> dropped = new ArrayList<>();
        for (DropOrder order : orders) {
            ContractReport.Table table = contract.run(order, run);
            table.dropped().forEach(c -> means.progress().done("Dropped column %s.%s".formatted(table.name(), c)));
            dropped.add(table);
        }
        List<String> residue = means.database().inTransaction(TransactionSettings.writing(), "closing the drop", tx -> {
            Confirmations.in(tx).close(means.plan().name());
            return ResidueFlow.lingering(tx, orders);
        });
        return new ContractReport(dropped, residue, List.of());
    }

    /** Each table as it is to be dropped, all its columns verified. */
    private List<DropOrder> orders(List<ResolvedTable> tables) {
        List<DropOrder> orders = new ArrayList<>();
        for (ResolvedTable table : tables) {
            List<RegisteredColumn> columns = Gates.requireAtLeast(table, ColumnPhase.VERIFIED, "verify");
            columns.forEach(c -> requireVerification(table, c));
            orders.add(new DropOrder(
                    resolver.walked(table, columns),
                    resolver.walked(table, table.withVerified(columns)),
                    table.plan().dispositions()));
        }
        return orders;
    }

    /** A column that is cut over stays so while verify looks at it, and when verify finds it wrong. */
    private void requireVerification(ResolvedTable table, RegisteredColumn column) {
        boolean verified = means.database()
                .inTransaction(TransactionSettings.reading(), "looking for a verify", tx -> Registry.in(tx)
                        .verification(column)
                        .isPresent());
        if (!verified) {
            throw SealwayException.refused(
                    "column %s.%s is %s, and no verify holds for it any more; run 'sealway verify' first"
                            .formatted(
                                    table.live().name(),
                                    column.plaintext(),
                                    column.phase().word()));
        }
    }

    /** Uniqueness rests on the indexes of both tokens then, and only one of them would take over. */
    static void requireSettledTokens(ResolvedTable table) {
        table.withPlaintext().stream()
                .filter(c -> c.secondToken().isPresent())
                .findFirst()
                .ifPresent(c -> {
                    throw SealwayException.refused(
                            "the search tokens of column %s.%s are moving to another key; finish or abandon that first (sealway keys tokens status)"
                                    .formatted(table.live().name(), c.plaintext()));
                });
    }

    static List<String> columns(List<ResolvedTable> tables) {
        return tables.stream()
                .flatMap(t -> t.withPlaintext().stream().map(c -> t.plan().name() + "." + c.plaintext()))
                .sorted()
                .toList();
    }

    private Confirmed requireConfirmed(List<String> columns, String confirmation) {
        ConfirmationPhrase phrase = ConfirmationPhrase.of(means.plan().name(), columns);
        Optional<Confirmed> begun = means.database()
                .inTransaction(
                        TransactionSettings.reading(), "looking for a drop that was begun", tx -> Confirmations.in(tx)
                                .openFor(means.plan().name()));
        if (begun.isPresent()
                && begun.get().phrase().isSaidBy(confirmation)
                && new HashSet<>(begun.get().columns()).containsAll(columns)) {
            return begun.get();
        }
        if (!phrase.isSaidBy(confirmation)) {
            throw new UnconfirmedDropException(phrase, columns, !confirmation.isBlank());
        }
        return new Confirmed(phrase, columns);
    }

    /** A person who confirms another set of columns has thought better of the one that was begun. */
    private void open(Confirmed confirmed) {
        means.database().inTransaction(TransactionSettings.writing(), "opening the drop", tx -> {
            Confirmations confirmations = Confirmations.in(tx);
            confirmations
                    .openFor(means.plan().name())
                    .filter(begun -> !begun.equals(confirmed))
                    .ifPresent(begun -> confirmations.close(means.plan().name()));
            confirmations.open(means.plan().name(), confirmed.phrase(), confirmed.columns());
            return null;
        });
    }
}
