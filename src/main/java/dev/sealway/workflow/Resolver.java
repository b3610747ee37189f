package dev.sealway.workflow;

import dev.sealway.batch.TokenMaker;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.LiveTable;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.Prf;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.plan.TablePlan;
import dev.sealway.search.BlindIndex;
import dev.sealway.search.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Binds what the plan names to what the ledger knows and the database has. */
final class Resolver {

    private final Means means;

    Resolver(Means means) {
        this.means = means;
    }

    /** Names may have changed since the last run, and oids after a restore. */
    void rebind() {
        means.database().inTransaction(TransactionSettings.writing(), "resolving the names of the plan", tx -> {
            Registry registry = Registry.in(tx);
            for (RegisteredTable table : registry.tables(means.plan().name())) {
                Optional<LiveTable> live =
                        registry.locate(table).flatMap(oid -> Catalog.in(tx).table(oid));
                live.ifPresent(found -> registry.rebind(table, found).notices().forEach(means.progress()::notice));
            }
            return null;
        });
    }

    /**
     * The selected tables, each with the columns that are selected.
     *
     * @throws SealwayException if a selected column is not registered
     */
    List<ResolvedTable> resolve(Selection selection) {
        Plan selected = means.plan().select(selection);
        return means.database()
                .inTransaction(TransactionSettings.reading(), "resolving the plan", tx -> selected.tables().stream()
                        .map(t -> resolve(tx, t))
                        .toList());
    }

    /** As {@link #resolve}, only with what is registered, however far it has come; the rest is left out. */
    List<ResolvedTable> registered(Selection selection) {
        Plan selected = means.plan().select(selection);
        return means.database()
                .inTransaction(TransactionSettings.reading(), "resolving the plan", tx -> selected.tables().stream()
                        .flatMap(t -> Registry.in(tx).table(t.name()).stream()
                                .map(registered -> new ResolvedTable(t, live(tx, t), registered)))
                        .filter(t -> !t.selected().isEmpty())
                        .toList());
    }

    /** @throws SealwayException if the table is not there */
    static LiveTable live(Transaction tx, TablePlan plan) {
        return Catalog.in(tx)
                .table(plan.name())
                .orElseThrow(() -> SealwayException.refused(
                        "table %s is not in this database; is it the right one, or was the table renamed and the plan not?"
                                .formatted(plan.name())));
    }

    private static ResolvedTable resolve(Transaction tx, TablePlan plan) {
        Optional<RegisteredTable> known =
                LedgerSchema.isInstalled(tx) ? Registry.in(tx).table(plan.name()) : Optional.empty();
        RegisteredTable registered = known.orElseThrow(() -> SealwayException.refused(
                "table %s is not expanded, or was renamed since the last run; run 'sealway expand' first"
                        .formatted(plan.name())));
        LiveTable live = live(tx, plan);
        plan.columns().stream()
                .filter(c -> registered.columns().stream()
                        .noneMatch(r -> r.plaintext().name().equals(c.name()) && r.phase() != ColumnPhase.REGISTERED))
                .findFirst()
                .ifPresent(c -> {
                    throw SealwayException.refused("column %s.%s is not expanded; run 'sealway expand' first"
                            .formatted(plan.name(), c.name()));
                });
        return new ResolvedTable(plan, live, registered);
    }

    /** Prepares {@code columns} of a table for sealing and opening. */
    WalkedTable walked(ResolvedTable table, List<RegisteredColumn> columns) {
        List<WalkedColumn> walked = columns.stream()
                .map(c -> new WalkedColumn(
                        c,
                        means.ciphers().of(c.cipher(), c.keyset()),
                        tokens(means.keys(), c),
                        table.registered().binding()))
                .toList();
        return new WalkedTable(
                table.registered(),
                table.live(),
                WalkedTable.rowKeyOf(table.live()),
                walked,
                table.plan().where());
    }

    static Optional<TokenMaker> tokens(Supplier<KeyBundle> keys, RegisteredColumn column) {
        return column.search()
                .map(s -> new TokenMaker(
                        s.hasKey() ? key(keys.get(), s.keyId()) : keys.get().prf(KeyBundle.TOKEN_KEYSET),
                        BlindIndex.of(s.context(), s.indexName(), Normalizer.parse(s.normalizer()), s.bits()),
                        s.second().map(second -> key(keys.get(), second.keyId()))));
    }

    private static Prf key(KeyBundle keys, long id) {
        return keys.prf(KeyBundle.TOKEN_KEYSET, id);
    }
}
