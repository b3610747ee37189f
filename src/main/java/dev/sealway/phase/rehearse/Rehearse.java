package dev.sealway.phase.rehearse;

import dev.sealway.batch.DirtyRows;
import dev.sealway.batch.FailedRow;
import dev.sealway.batch.Leftovers;
import dev.sealway.batch.TableTask;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.TableFingerprint;
import dev.sealway.catalog.inventory.Inventory;
import dev.sealway.catalog.inventory.SavedDefinition;
import dev.sealway.catalog.inventory.SavedDefinitions;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.DefinitionStore;
import dev.sealway.phase.rehearse.DefinitionsOnCopy.Replay;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks the way back from the drop before there is a drop: on a copy of some rows that never had their plaintext, the
 * columns are added again, filled from the ciphertexts and given back what the drop would save of them.
 *
 * <p>The copy lives in one transaction that is always rolled back, unlogged and seen by nobody else: no plaintext reaches
 * the WAL, and nothing of it survives, a crash included. The table itself is only read. Thread-safe.
 */
public final class Rehearse {

    private static final int NAMED = 20;

    private final Database database;
    private final WalkSettings settings;

    public Rehearse(Database database, WalkSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /**
     * @param table with the columns whose plaintext is to be dropped
     * @param rows of the sample, at most
     */
    public Rehearsed run(WalkedTable table, int rows) {
        table.registered().refuseInPlace("sealway rollback --rehearse");
        try (Session session = database.open()) {
            return session.rolledBack(
                    TransactionSettings.writing().lockTimeout(settings.lockTimeout()),
                    "rehearsing the way back of %s".formatted(table.name()),
                    tx -> rehearse(tx, table, rows));
        }
    }

    private Rehearsed rehearse(Transaction tx, WalkedTable table, int rows) {
        String fingerprint = TableFingerprint.of(
                tx,
                table.live(),
                table.registered().ownedColumns(),
                table.registered().ownedTexts());
        List<SavedDefinition> saved = saved(tx, table);
        SampleCopy copy = SampleCopy.make(tx, table, rows);
        copy.addColumns(tx, saved);
        Leftovers.Result filled =
                new Leftovers(TableTask.refilling(copy.table(), "rollback --rehearse"), settings).work(tx);
        DefinitionsOnCopy definitions = new DefinitionsOnCopy(tx, table, copy);
        Replay replay = definitions.replay(saved);
        Comparison comparison = Comparison.of(tx, table, copy.table());
        List<String> problems = new ArrayList<>();
        if (copy.rows() == 0 && !DirtyRows.none(tx, table)) {
            problems.add(
                    "no row of the sample is sealed: run 'sealway backfill' and 'sealway verify', then this again");
        }
        filled.failures().stream().limit(NAMED).map(FailedRow::words).forEach(problems::add);
        problems.addAll(comparison.problems());
        problems.addAll(replay.problems());
        settings.progress()
                .done("Brought back %d values on a copy of %d rows of %s"
                        .formatted(comparison.back(), copy.rows(), table.name()));
        return new Rehearsed(
                new RehearsalReport.Table(
                        table.live().tableName(),
                        table.columns().stream().map(c -> c.plaintext().name()).toList(),
                        copy.rows(),
                        comparison.compared(),
                        comparison.back() - comparison.compared(),
                        replay.made(),
                        replay.untried(),
                        problems),
                fingerprint);
    }

    /** What the drop would save now. */
    private static List<SavedDefinition> saved(Transaction tx, WalkedTable table) {
        List<Identifier> columns =
                table.columns().stream().map(WalkedColumn::plaintext).toList();
        List<SavedDefinition> saved = new ArrayList<>(SavedDefinitions.of(
                tx,
                table.live(),
                columns,
                Inventory.of(tx, table.live(), columns, table.registered().ownedColumns())));
        saved.addAll(DefinitionStore.in(tx)
                .takenAtCutOver(
                        table.registered(),
                        table.columns().stream().map(WalkedColumn::registered).toList()));
        return saved;
    }
}
