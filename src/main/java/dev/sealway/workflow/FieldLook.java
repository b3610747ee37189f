package dev.sealway.workflow;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.jdbc.TypeName;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.DefinitionStore;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.plan.Binding;
import dev.sealway.plan.TableName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Looks one column of the plan up in the ledger and the catalogue, both as they were at one moment. */
record FieldLook(Means means, TableName table, Identifier column) {

    /**
     * @param nothing as it was before this look
     * @throws SealwayException if the ledger cannot be read, or knows the column under another name
     */
    FieldNow look(FieldNow nothing) {
        return means.database()
                .inTransaction(
                        TransactionSettings.snapshot().repeatable(), "looking up a column", tx -> look(tx, nothing));
    }

    private FieldNow look(Transaction tx, FieldNow nothing) {
        boolean installed = LedgerSchema.isInstalled(tx);
        Optional<RegisteredTable> registered = installed ? Registry.in(tx).table(table) : Optional.empty();
        Optional<RegisteredColumn> sealed = registered.stream()
                .flatMap(t -> t.columns().stream())
                .filter(c -> c.plaintext().equals(column) && c.phase() != ColumnPhase.REGISTERED)
                .findFirst();
        Optional<LiveTable> live = Catalog.in(tx).table(table);
        if (installed && sealed.isEmpty()) {
            live.ifPresent(found -> refuseRenamed(Registry.in(tx), registered, found));
        }
        Optional<TypeName> type = live.flatMap(t -> t.column(column.name()))
                .map(LiveColumn::type)
                .or(() -> registered.flatMap(t -> sealed.flatMap(c -> savedType(tx, t, c))));
        return nothing.with(
                sealed.map(c -> walked(registered.orElseThrow(), c)), type, rules(registered, sealed, live));
    }

    /** The ledger has the former name until the next run: what is sealed would be taken for plaintext. */
    private void refuseRenamed(Registry registry, Optional<RegisteredTable> registered, LiveTable live) {
        if (registered.isEmpty()) {
            registry.tableAt(live).ifPresent(former -> {
                throw renamed("table", live.name().toString(), former.name().toString());
            });
        } else {
            live.column(column.name())
                    .flatMap(c -> registry.columnAt(live, c))
                    .filter(former -> !former.equals(column))
                    .ifPresent(former -> {
                        throw renamed("column", "%s.%s".formatted(table, column.name()), former.name());
                    });
        }
    }

    private static SealwayException renamed(String what, String name, String former) {
        return SealwayException.refused(
                "%s %s was renamed since the last run, and the ledger still has it as %s; run 'sealway expand' first"
                        .formatted(what, name, former));
    }

    private FieldRules rules(
            Optional<RegisteredTable> registered, Optional<RegisteredColumn> sealed, Optional<LiveTable> live) {
        boolean searchable = sealed.map(c -> c.search().isPresent()).orElseGet(this::isSearchablePlanned);
        Binding binding = registered
                .map(RegisteredTable::binding)
                .or(() -> means.plan().table(table).map(t -> t.binding()))
                .orElse(Binding.NONE);
        return new FieldRules(
                searchable,
                binding == Binding.ROW,
                live.flatMap(LiveTable::rowKey)
                        .map(k -> OptionalInt.of(k.columns().size()))
                        .orElse(OptionalInt.empty()));
    }

    private boolean isSearchablePlanned() {
        return means.plan().table(table).stream()
                .flatMap(t -> t.columns().stream())
                .anyMatch(c -> c.name().equals(column.name()) && c.search().isPresent());
    }

    private WalkedColumn walked(RegisteredTable registered, RegisteredColumn sealed) {
        return new WalkedColumn(
                sealed,
                means.ciphers().of(sealed.cipher(), sealed.keyset()),
                Resolver.tokens(means.keys(), sealed),
                registered.binding());
    }

    private static Optional<TypeName> savedType(Transaction tx, RegisteredTable table, RegisteredColumn column) {
        DefinitionStore saved = DefinitionStore.in(tx);
        return saved.dropsOf(table, List.of(column)).stream()
                .flatMap(run -> saved.of(table, run).stream())
                .filter(d -> d.kind().equals("type")
                        && d.name().equals(column.plaintext().name()))
                .findFirst()
                .map(d -> new TypeName(d.definition()));
    }
}
