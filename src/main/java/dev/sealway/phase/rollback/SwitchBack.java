package dev.sealway.phase.rollback;

import dev.sealway.audit.AuditTrail;
import dev.sealway.batch.CatchUp;
import dev.sealway.batch.DirtyRows;
import dev.sealway.batch.Leftovers;
import dev.sealway.batch.TableTask;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.TableFingerprint;
import dev.sealway.catalog.inventory.SavedDefinition;
import dev.sealway.error.SealwayException;
import dev.sealway.guard.ChangeWatch;
import dev.sealway.guard.RowKeyLock;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.DefinitionStore;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.ledger.VerifiedTables;
import dev.sealway.proof.ChangedRows;
import dev.sealway.redefine.Redefinition;
import dev.sealway.redefine.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes the plaintext the authority again, behind a lock: fills the last rows, proves them, and gives back what it lost. */
final class SwitchBack {

    private static final Sql LOCK = Sql.of("LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE");

    private final Transaction tx;
    private final RefillOrder order;
    private final WalkedTable table;
    private final WalkSettings settings;

    SwitchBack(Transaction tx, RefillOrder order, WalkSettings settings) {
        this.tx = tx;
        this.order = order;
        this.table = order.table();
        this.settings = settings;
    }

    void run(Consumer<Transaction> removal, long runId) {
        tx.executeDefinition(LOCK.with("table", table.name()));
        table.guard().require(tx, table.guarded(), table.rowKey().names());
        requireWatch();
        fillLeftovers();
        proveChanged();
        if (!DirtyRows.none(tx, TableTask.refilling(table, "rollback"))) {
            throw SealwayException.failed(
                    "rows of %s still have a value in the encrypted column alone, although everything was filled; nothing was removed"
                            .formatted(table.name()));
        }
        tx.executeDefinition(Sql.of("SET CONSTRAINTS ALL IMMEDIATE"));
        List<Long> runs = cutOverRuns();
        giveBack(runs);
        order.restoring().map(Restoring::redefinition).ifPresent(this::replay);
        removal.accept(tx);
        freeRowKey();
        forget(runs);
        order.restoring().ifPresent(this::forget);
        rememberRest(runId);
        AuditTrail.in(tx)
                .append(
                        runId,
                        "table.switched_back",
                        Map.of(
                                "table",
                                table.name().toString(),
                                "columns",
                                table.columns().stream()
                                        .map(c -> c.plaintext().name())
                                        .toList()));
    }

    private void requireWatch() {
        if (!new ChangeWatch(table.registered().id(), table.name()).isArmed(tx)) {
            throw SealwayException.refused(
                    "the trigger that writes down changes of %s since verify is missing or disabled, so nobody knows which rows to look at again; run 'sealway rollback' again, which verifies anew"
                            .formatted(table.name()));
        }
    }

    private void fillLeftovers() {
        TableTask task = TableTask.refilling(table, "rollback");
        long pending = DirtyRows.countWalked(tx, task, CatchUp.FEW + 1L);
        if (pending > CatchUp.FEW || (pending > 0 && table.isSealedAfar())) {
            throw TooMuchToRefill.of(table);
        }
        if (pending > 0) {
            AfterCutOver.requireNone(
                    table, new Leftovers(task, settings).work(tx).failures());
        }
    }

    /** The leftovers are among them: each was written, so each was written down. */
    private void proveChanged() {
        ChangedRows changed = new ChangedRows(order.watched(), "nothing is removed");
        int limit = 3 * CatchUp.FEW;
        if (order.watched().isSealedAfar() ? !changed.isEmpty(tx) : changed.prove(tx, limit) == limit) {
            throw TooMuchToRefill.of(table);
        }
    }

    private List<Long> cutOverRuns() {
        Registry registry = Registry.in(tx);
        return table.columns().stream()
                .flatMap(c -> registry.runOfPhase(c.registered()).stream())
                .distinct()
                .toList();
    }

    /** NOT NULL, defaults and such UNIQUE as a null would have broken. */
    private void giveBack(List<Long> runs) {
        Set<String> columns =
                table.columns().stream().map(c -> c.plaintext().name()).collect(Collectors.toSet());
        List<SavedDefinition> taken = new ArrayList<>();
        for (Long run : runs) {
            List<SavedDefinition> saved = DefinitionStore.in(tx).of(table.registered(), run);
            saved.forEach(s -> requireWhole(run, s));
            taken.addAll(SavedDefinition.of(columns, saved));
        }
        replay(Redefinition.of(table.name(), table.live().kind() == 'p', taken));
    }

    /** A UNIQUE that takes one null only cannot come back while another column of it is cut over still. */
    private void requireWhole(Long run, SavedDefinition saved) {
        boolean whole = table.registered().columns().stream()
                .filter(c -> c.phase() == ColumnPhase.CUT_OVER)
                .filter(c -> Registry.in(tx).runOfPhase(c).filter(run::equals).isPresent())
                .allMatch(c ->
                        table.columns().stream().anyMatch(w -> w.registered().id() == c.id()));
        if (!whole && !saved.isOfColumn() && !saved.kind().equals(SavedDefinition.TABLE)) {
            throw SealwayException.refused(
                    "%s %s of %s was taken away when several columns were cut over; roll them back together"
                            .formatted(saved.kind(), saved.name(), table.name()));
        }
    }

    /** As long as another column is cut over or has no plaintext, its ciphertexts hang on the row key. */
    private void freeRowKey() {
        boolean needed = Registry.in(tx).table(table.registered().id()).stream()
                .flatMap(t -> t.columns().stream())
                .anyMatch(c -> c.phase().isAtLeast(ColumnPhase.CUT_OVER));
        if (!needed) {
            new RowKeyLock(table.registered().id(), table.name()).remove(tx);
        }
    }

    /** Columns that are still verified were verified on a table whose plaintext had lost its constraints. */
    private void rememberRest(long runId) {
        RegisteredTable left = Registry.in(tx).table(table.registered().id()).orElse(null);
        LiveTable live = Catalog.in(tx).table(table.live().oid()).orElseThrow();
        if (left != null) {
            String now = TableFingerprint.of(tx, live, left.ownedColumns(), left.ownedTexts());
            left.columns().stream()
                    .filter(c -> c.phase() == ColumnPhase.VERIFIED || c.phase() == ColumnPhase.CUT_OVER)
                    .map(c -> c.change())
                    .distinct()
                    .forEach(change -> VerifiedTables.in(tx).remember(left, change, now, runId));
        }
    }

    private void replay(Redefinition redefinition) {
        // a function may name what is made after it
        tx.execute(Sql.of("SELECT pg_catalog.set_config('check_function_bodies', 'off', true)"));
        Replay.Outcome outcome = new Replay(tx, redefinition).run();
        requireOwnNames(outcome.there());
        List<SavedDefinition> lacking = outcome.lacking();
        if (!lacking.isEmpty()) {
            throw SealwayException.refused(
                    ("%s of %s cannot be made again, because what it needs is not there, so nothing is removed; make that first,"
                                    + " or delete its row from sealway.saved_definition to do without it, and run 'sealway"
                                    + " rollback' again")
                            .formatted(
                                    lacking.stream()
                                            .map(d -> "%s %s".formatted(d.kind(), d.name()))
                                            .collect(Collectors.joining(", ")),
                                    table.name()));
        }
    }

    /** What only reads the table may have been made again by hand; what holds its rows to a rule must be what it was. */
    private void requireOwnNames(List<SavedDefinition> there) {
        List<String> taken = there.stream()
                .filter(d -> d.kind().equals("index") || d.kind().equals("constraint"))
                .map(d -> "%s %s".formatted(d.kind(), d.name()))
                .toList();
        if (!taken.isEmpty()) {
            throw SealwayException.refused(
                    "%s of %s cannot be made again, because something else has that name by now, so nothing is removed; rename it (ALTER INDEX … RENAME TO, or RENAME CONSTRAINT) and run 'sealway rollback' again"
                            .formatted(String.join(", ", taken), table.name()));
        }
    }

    private void forget(Restoring restored) {
        DefinitionStore store = DefinitionStore.in(tx);
        Registry.in(tx).table(table.registered().id()).ifPresent(left -> restored.runs()
                .forEach(run -> store.forgetGivenBack(
                        left,
                        run,
                        table.columns().stream().map(c -> c.plaintext().name()).toList())));
    }

    private void forget(List<Long> runs) {
        Registry.in(tx).table(table.registered().id()).ifPresent(left -> runs.stream()
                .filter(run -> left.columns().stream().noneMatch(c -> Registry.in(tx)
                        .runOfPhase(c)
                        .filter(run::equals)
                        .isPresent()))
                .forEach(run -> DefinitionStore.in(tx).forget(left, run)));
    }
}
