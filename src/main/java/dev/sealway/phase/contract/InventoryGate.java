package dev.sealway.phase.contract;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.inventory.Dependent;
import dev.sealway.catalog.inventory.DropEffect;
import dev.sealway.catalog.inventory.Inventory;
import dev.sealway.error.SealwayException;
import dev.sealway.index.TokenIndexes;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.Disposition;
import dev.sealway.plan.Disposition.Action;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets nothing go with the plaintext about which nobody decided. */
final class InventoryGate {

    private InventoryGate() {}

    /**
     * Everything that hangs on the plaintext, all of it decided about.
     *
     * @throws SealwayException with the dispositions that are missing
     */
    static List<Dependent> require(Transaction tx, DropOrder order, TokenIndexes indexes) {
        WalkedTable table = order.table();
        List<Identifier> plaintext =
                table.columns().stream().map(WalkedColumn::plaintext).toList();
        List<Dependent> all =
                Inventory.of(tx, table.live(), plaintext, table.registered().ownedColumns());
        Set<Dependent> carried =
                indexes.carried().stream().map(c -> c.replaced()).collect(Collectors.toSet());
        List<Dependent> open = Inventory.undispositioned(all, order.dispositions(), carried);
        if (!open.isEmpty()) {
            throw undecided(order, open);
        }
        requireStanding(order, all, carried);
        Replacements.require(tx, order, all);
        return all;
    }

    /** What is accepted stays; so it must be able to. */
    private static void requireStanding(DropOrder order, List<Dependent> all, Set<Dependent> carried) {
        List<Dependent> falling = all.stream()
                .filter(d -> d.effect() != DropEffect.UNNOTICED && !carried.contains(d))
                .filter(d -> action(order.dispositions(), d) == Action.ACCEPT)
                .toList();
        if (!falling.isEmpty()) {
            throw SealwayException.refused(
                    ("'accept' is not enough for what cannot outlive the plaintext of %s: %s; write 'drop' or"
                                    + " 'replace-with: <name>', or change the object yourself")
                            .formatted(
                                    order.table().name(),
                                    falling.stream()
                                            .map(d -> "%s (%s)"
                                                    .formatted(
                                                            d.key(), d.effect().words()))
                                            .collect(Collectors.joining(", "))));
        }
    }

    static Action action(Map<String, Disposition> dispositions, Dependent dependent) {
        Disposition decided = dispositions.get(dependent.key());
        return decided == null ? Action.KEEP : decided.action();
    }

    private static SealwayException undecided(DropOrder order, List<Dependent> open) {
        List<String> kept = open.stream()
                .filter(d -> order.dispositions().containsKey(d.key()))
                .map(Dependent::key)
                .toList();
        if (kept.size() == open.size()) {
            return SealwayException.refused(
                    "the plan keeps %s on %s, which hang on the plaintext; as long as it says 'keep', nothing is dropped"
                            .formatted(String.join(", ", kept), order.table().name()));
        }
        String list = open.stream().map(d -> "\n  " + d.proposedLine()).collect(Collectors.joining());
        return SealwayException.refused(
                "%d objects hang on the plaintext of %s, and the plan does not say what becomes of them. Decide on each under 'dispositions' of the table (drop, accept, or replace-with: <name>):%s"
                        .formatted(open.size(), order.table().name(), list));
    }
}
