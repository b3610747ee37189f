package dev.sealway.ledger;

import dev.sealway.audit.AuditTrail;
import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.Binding;
import dev.sealway.plan.Mode;
import dev.sealway.plan.TableName;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables and columns of plans, with what was frozen when they were registered.
 *
 * <p>At the start of a run, {@link #locate} and {@link #rebind} bind every table of the plan to what the database calls
 * it now; only then {@link #table} finds tables by the names of the plan. Bound to one transaction; not thread-safe.
 */
public final class Registry {

    private final Transaction tx;
    private final RegisteredTableRows tables;
    private final RegisteredColumnRows columns;
    private final RegistryStory story;

    private Registry(Transaction tx) {
        this.tx = tx;
        this.tables = new RegisteredTableRows(tx);
        this.columns = new RegisteredColumnRows(tx);
        this.story = new RegistryStory(tx);
    }

    public static Registry in(Transaction tx) {
        return new Registry(tx);
    }

    public Optional<RegisteredTable> table(TableName name) {
        return tables.table(name);
    }

    public Optional<RegisteredTable> table(long id) {
        return tables.table(id);
    }

    /** In the order of registration. */
    public List<RegisteredTable> tables(String plan) {
        return tables.tables(plan);
    }

    /** Every table of every plan. */
    public List<RegisteredTable> tables() {
        return tables.tables();
    }

    /**
     * Registers {@code table}, or gives what is registered already.
     *
     * @throws SealwayException refused if it is registered for another plan or with another mode or binding
     */
    public RegisteredTable register(String plan, LiveTable table, Mode mode, Binding binding) {
        tables.lock();
        Optional<RegisteredTable> known = tables.table(table.tableName());
        if (known.isEmpty()) {
            RegisteredTable made = tables.insert(plan, table, mode, binding);
            story.registered(made);
            return made;
        }
        Frozen frozen = Frozen.of("table", table.name().toString());
        frozen.require("plan", known.get().plan(), plan);
        frozen.require("mode", known.get().mode().word(), mode.word());
        frozen.require("bind", known.get().binding(), binding);
        return known.get();
    }

    /**
     * Registers a column, or gives what is registered already (whose number of token bits stays what it was, though
     * {@code column} may have another). A newly registered column starts the walk of its change anew.
     *
     * @throws SealwayException refused if it is registered with another context, encoding, keyset, search or change, or
     *     if another column has its context
     */
    public RegisteredColumn register(RegisteredTable table, NewColumn column) {
        tables.lock();
        Optional<RegisteredColumn> known = columns.of(table.id()).stream()
                .filter(c -> c.plaintext().equals(column.plaintext().name()))
                .findFirst();
        if (known.isPresent()) {
            Frozen.requireSame(table, known.get(), column);
            return known.get();
        }
        columns.columnWithContext(column.context()).ifPresent(other -> {
            throw SealwayException.refused(
                    "column %s.%s cannot have the context %s, which column %s has; two columns with one context could be swapped unnoticed: give it a context of its own in the plan"
                            .formatted(table.name(), column.plaintext().name(), column.context(), other));
        });
        Checkpoints.in(tx).reset(table.id(), Work.BACKFILL, column.change());
        RegisteredColumn made = columns.insert(table, column);
        story.registered(columns.describe(made.id()), made);
        return made;
    }

    /**
     * Moves a column to another phase and records when, and by which run.
     *
     * @return the column as it is now
     * @throws SealwayException refused if the column is not in the phase that {@code column} says any more, if the step
     *     leaves out a phase, or if it leads back from {@link ColumnPhase#CONTRACTED} or to
     *     {@link ColumnPhase#REGISTERED}
     */
    public RegisteredColumn moveTo(RegisteredColumn column, ColumnPhase phase, long runId) {
        if (!column.phase().mayBecome(phase)) {
            throw SealwayException.refused("column %s cannot go from %s to %s; the phases follow each other: %s"
                    .formatted(
                            columns.describe(column.id()), column.phase().word(), phase.word(), ColumnPhase.inOrder()));
        }
        if (!columns.move(column, phase, runId)) {
            throw SealwayException.refused(
                    "column %s is not %s any more: another run moved it; run 'sealway status' and start again"
                            .formatted(
                                    columns.describe(column.id()),
                                    column.phase().word()));
        }
        if (column.phase() != phase) {
            story.moved(columns.describe(column.id()), column.phase(), phase, runId);
        }
        return columns.column(column.id());
    }

    /** When the column was registered, by the database's clock. */
    public Instant registeredAt(RegisteredColumn column) {
        return tx.first(
                        Sql.of("SELECT registered_at FROM sealway.sealed_column WHERE id = ?"),
                        row -> row.getObject(1, OffsetDateTime.class).toInstant(),
                        column.id())
                .orElseThrow();
    }

    /** A column that is cut over stays so, but what verify knew of it does not hold any more. */
    public void distrust(RegisteredColumn column) {
        tx.execute(
                Sql.of(
                        "UPDATE sealway.sealed_column SET verified_at = NULL, verified_run = NULL WHERE id = ? AND phase = ?"),
                column.id(),
                ColumnPhase.CUT_OVER.word());
    }

    /** A column that is cut over was verified by {@code runId}, and stays cut over. */
    public void verified(RegisteredColumn column, long runId) {
        tx.execute(
                Sql.of(
                        "UPDATE sealway.sealed_column SET verified_at = now(), verified_run = ? WHERE id = ? AND phase = ?"),
                runId,
                column.id(),
                ColumnPhase.CUT_OVER.word());
        AuditTrail.in(tx).append(runId, "column.verified", Map.of("column", columns.describe(column.id())));
    }

    /** The last full verify that holds for this column; empty unless it is verified, cut over or contracted. */
    public Optional<Verification> verification(RegisteredColumn column) {
        return columns.verification(column.id());
    }

    /** The run that brought the column into its phase: for a contracted column, the one that dropped the plaintext. */
    public Optional<Long> runOfPhase(RegisteredColumn column) {
        return Optional.of(tx.number(Sql.of("SELECT phase_run FROM sealway.sealed_column WHERE id = ?"), column.id()))
                .filter(run -> run != 0);
    }

    /** Records how many rows of {@code column} were found not sealed just now, for people to see. */
    public void countedDirty(RegisteredColumn column, long dirtyRows) {
        tx.execute(
                Sql.of("UPDATE sealway.sealed_column SET rows_dirty = ?, rows_dirty_at = now() WHERE id = ?"),
                dirtyRows,
                column.id());
    }

    /**
     * Takes a column, with everything recorded for it, out of the ledger, and its table with its last column. The way
     * back ends here.
     */
    public void forget(RegisteredColumn column) {
        tables.lock();
        story.forgotten(columns.describe(column.id()), column.phase());
        tables.delete(column);
    }

    /**
     * The oid of the table that {@code table} means in this database now: its own, also after a rename; found by name
     * after a restore or in a clone; empty if there is none.
     */
    public Optional<Long> locate(RegisteredTable table) {
        return new Rebinding(tx).locate(table);
    }

    /** The table that is registered as {@code live}, under whatever name; empty in a restored or copied database. */
    public Optional<RegisteredTable> tableAt(LiveTable live) {
        return new Rebinding(tx).at(live).flatMap(tables::table);
    }

    /**
     * The name under which a column is registered and expanded, whatever it is called now; empty where it is not, and in a
     * restored or copied database.
     */
    public Optional<Identifier> columnAt(LiveTable live, LiveColumn column) {
        return new Rebinding(tx).at(live, column);
    }

    /**
     * Brings the names of a registered table and its columns up to date with {@code live}, the table that
     * {@link #locate} found. Do this for all tables of a plan in one transaction, or names that were swapped clash.
     *
     * @throws SealwayException refused if a column is not there any more, or the row key of a table with
     *     {@code bind: row} is another one
     */
    public Rebound rebind(RegisteredTable table, LiveTable live) {
        List<String> notices = new Rebinding(tx).rebind(table, live);
        return new Rebound(tables.table(table.id()).orElseThrow(), notices);
    }
}
