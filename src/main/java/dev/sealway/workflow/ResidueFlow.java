package dev.sealway.workflow;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.phase.contract.DropOrder;
import dev.sealway.plan.Selection;
import dev.sealway.residue.Residue;
import dev.sealway.residue.Suspect;
import dev.sealway.residue.Trace;
import dev.sealway.residue.Trace.State;
import dev.sealway.residue.disk.Canaries;
import dev.sealway.residue.disk.DiskScan;
import dev.sealway.residue.disk.RelationKinds;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells where plaintext lingers. Needs no key, writes nothing. */
final class ResidueFlow {

    private final Means means;

    ResidueFlow(Means means) {
        this.means = means;
    }

    ResidueReport run(Selection selection) {
        requireLedger();
        List<Suspect> suspects = suspects(selection);
        return new ResidueReport(
                means.plan().name(),
                means.database()
                        .inTransaction(
                                TransactionSettings.reading(), "looking for residue", tx -> Residue.of(tx, suspects)));
    }

    /** Searches the files of the server, which must be on this host. */
    DiskReport search(Path directory, Canaries canaries) {
        RelationKinds relations = means.database()
                .inTransaction(TransactionSettings.reading(), "asking for the files of relations", RelationKinds::of);
        return new DiskReport(
                directory.toString(), canaries.size(), new DiskScan(directory, canaries, relations).run());
    }

    private void requireLedger() {
        boolean installed = means.database()
                .inTransaction(TransactionSettings.reading(), "looking for the ledger", LedgerSchema::isInstalled);
        if (!installed) {
            throw SealwayException.refused(
                    "nothing is encrypted in this database yet, so plaintext is everywhere; run 'sealway expand' first");
        }
    }

    /** The selected tables, with what is registered of their columns. */
    List<Suspect> suspects(Selection selection) {
        return new Resolver(means)
                .registered(selection).stream()
                        .map(t -> new Suspect(
                                t.registered(),
                                t.live(),
                                t.selected(),
                                t.plan().where().isPresent(),
                                t.plan().dispositions()))
                        .toList();
    }

    /** Where the values linger that were dropped just now, in sentences. */
    static List<String> lingering(Transaction tx, List<DropOrder> orders) {
        List<Suspect> suspects =
                orders.stream().map(order -> dropped(tx, order)).toList();
        return Residue.of(tx, suspects).stream()
                .filter(t -> t.state() != State.CLEAN)
                .map(Trace::sentence)
                .toList();
    }

    private static Suspect dropped(Transaction tx, DropOrder order) {
        RegisteredTable table =
                Registry.in(tx).table(order.table().registered().id()).orElseThrow();
        Set<Long> ids =
                order.table().columns().stream().map(c -> c.registered().id()).collect(Collectors.toSet());
        List<RegisteredColumn> columns =
                table.columns().stream().filter(c -> ids.contains(c.id())).toList();
        return new Suspect(table, order.table().live(), columns, false, order.dispositions());
    }
}
