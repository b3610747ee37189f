package dev.sealway.phase.rollback;

import dev.sealway.batch.RowCount;
import dev.sealway.batch.TableTask;
import dev.sealway.batch.TableWalk;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.inventory.SavedDefinition;
import dev.sealway.error.SealwayException;
import dev.sealway.index.DuplicateValues;
import dev.sealway.jdbc.ConcurrentIndex;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Checkpoint;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.DefinitionStore;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Work;
import dev.sealway.redefine.Redefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The way back of columns whose plaintext was dropped: the column is added again and filled from the ciphertexts, beside the
 * writers; what hung on it is built again from its saved definitions.
 *
 * <p>Killed at any moment it is run again, and goes on. From then on the columns are as {@link AfterCutOver} takes them.
 * Thread-safe.
 */
public final class AfterDrop {

    private static final String NO_SUCH_COLUMN = "42703";

    private final Database database;
    private final ShortLock shortLock;
    private final WalkSettings settings;

    public AfterDrop(Database database, ShortLock shortLock, WalkSettings settings) {
        this.database = database;
        this.shortLock = shortLock;
        this.settings = settings;
    }

    /**
     * Adds the columns again, empty; those that were added before are left as they are.
     *
     * @param columns of {@code table} that are rolled back
     * @throws SealwayException if their definitions are not there, or were saved together with others that stay dropped
     */
    public void revive(RegisteredTable table, LiveTable live, List<RegisteredColumn> columns, long runId) {
        requireWhole(table, columns);
        List<RegisteredColumn> dropped = columns.stream()
                .filter(c -> c.phase() == ColumnPhase.CONTRACTED)
                .toList();
        if (dropped.isEmpty()) {
            return;
        }
        try (Session session = database.open()) {
            shortLock.run(
                    session,
                    live.name(),
                    "adding the plaintext columns of %s again".formatted(live.name()),
                    TransactionSettings.writing(),
                    tx -> {
                        new Revival(tx, table, live).run(dropped, runId);
                        return null;
                    });
        }
        dropped.forEach(
                c -> settings.progress().done("Added column %s.%s again".formatted(live.name(), c.plaintext())));
    }

    /** What hung on several columns comes back with all of them. */
    private void requireWhole(RegisteredTable table, List<RegisteredColumn> columns) {
        Set<String> staying = new HashSet<>();
        table.columns().stream()
                .filter(c -> c.phase() == ColumnPhase.CONTRACTED)
                .filter(c -> columns.stream().noneMatch(other -> other.id() == c.id()))
                .forEach(c -> staying.add(c.plaintext().name()));
        List<SavedDefinition> saved = definitions(table, columns);
        List<String> together = saved.stream()
                .filter(s -> s.kind().equals("type") && staying.contains(s.name()))
                .map(SavedDefinition::name)
                .toList();
        if (!together.isEmpty()
                && saved.stream().anyMatch(s -> !s.isOfColumn() && !s.kind().equals(SavedDefinition.TABLE))) {
            throw SealwayException.refused(
                    "the plaintext of %s in %s was dropped together with %s, and so was what hung on them; roll them back together"
                            .formatted(
                                    String.join(
                                            ", ",
                                            columns.stream()
                                                    .map(c -> c.plaintext().name())
                                                    .toList()),
                                    table.name(),
                                    String.join(", ", together)));
        }
    }

    private List<SavedDefinition> definitions(RegisteredTable table, List<RegisteredColumn> columns) {
        return database.inTransaction(TransactionSettings.reading(), "reading saved definitions", tx -> {
            DefinitionStore store = DefinitionStore.in(tx);
            return store.dropsOf(table, columns).stream()
                    .flatMap(run -> store.of(table, run).stream())
                    .toList();
        });
    }

    /** Fills every row, whatever the plan's {@code where} says now; what writers leave is for {@link AfterCutOver#refill}. */
    public void fill(WalkedTable table) {
        TableTask task = TableTask.refilling(table.everywhere(), "rollback");
        int change = table.columns().get(0).registered().change();
        TableWalk.Result walk = new TableWalk(database, task, settings)
                .toTheEnd(Checkpoint.wholeTable(table.registered().id(), Work.REVERSE, change, rows(table)));
        settings.progress().done("Filled %d rows of %s from their ciphertexts".formatted(walk.written(), table.name()));
    }

    private long rows(WalkedTable table) {
        try (Session session = database.open()) {
            return RowCount.of(session, table.live());
        }
    }

    /**
     * Builds the indexes beside the writers.
     *
     * @param table with the columns that come back, filled
     * @throws SealwayException if a UNIQUE cannot be built again, because values repeat
     */
    public Restoring build(WalkedTable table) {
        List<RegisteredColumn> columns =
                table.columns().stream().map(WalkedColumn::registered).toList();
        Redefinition redefinition = Redefinition.of(table.name(), table.live().kind() == 'p', chosen(table, columns));
        database.inTransaction(
                TransactionSettings.reading(), "looking at the names of indexes of %s".formatted(table.name()), tx -> {
                    redefinition.requireOwnNames(tx);
                    return null;
                });
        try (Session session = database.open()) {
            for (ConcurrentIndex index : redefinition.indexes()) {
                if (build(session, index)) {
                    settings.progress().done("Built index %s again".formatted(index.name()));
                }
            }
        }
        return new Restoring(
                redefinition,
                database.inTransaction(
                        TransactionSettings.reading(), "looking for the drop", tx -> DefinitionStore.in(tx)
                                .dropsOf(table.registered(), columns)));
    }

    /** One on a column that is generated from the plaintext waits for that, behind the lock. */
    private static boolean build(Session session, ConcurrentIndex index) {
        try {
            DuplicateValues.refuseWhereItFails(index, () -> index.build(session));
            return true;
        } catch (SqlFailure e) {
            if (!e.sqlState().equals(NO_SUCH_COLUMN)) {
                throw e;
            }
            return false;
        }
    }

    private List<SavedDefinition> chosen(WalkedTable table, List<RegisteredColumn> columns) {
        return SavedDefinition.of(
                columns.stream().map(c -> c.plaintext().name()).toList(), definitions(table.registered(), columns));
    }
}
