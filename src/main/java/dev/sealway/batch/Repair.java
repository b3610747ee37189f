package dev.sealway.batch;

import dev.sealway.batch.SealedBatch.SealedRow;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.crypto.Plaintext;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts back values whose ciphertexts do not open any more: looks at the rows, seals what they held before, keeps the new
 * ciphertexts in a temporary table, and writes all of them at the end in one transaction, each only where its row is still
 * the one that was looked at.
 *
 * <p>A ciphertext that opens is never overwritten, so nothing that applications wrote since is lost. A value in clear never
 * gets to the database. Bound to one session; not thread-safe.
 */
public final class Repair {

    /** What became of values that are held. */
    public enum Fate {
        /** What stands there opens, or there was no value. */
        KEPT,
        /** The row is there no more. */
        MISSING,
        /** There is no value now. */
        EMPTIED,
        /** Sealed anew, and waiting to be written. */
        STAGED
    }

    private final Session session;
    private final WalkedTable table;
    private final TableTask task;
    private final RepairSql sql;
    private final boolean fillEmptied;

    /**
     * What a look found.
     *
     * @param values how many had which fate
     * @param stagedRows rows with a value that waits to be written
     */
    public record Looked(Map<Fate, Long> values, long stagedRows) {

        public Looked {
            values = Map.copyOf(values);
        }
    }

    /**
     * @param fillEmptied whether a value that is held, and that the row does not have any more, is put back as well: nobody
     *     can tell whether it was lost or deleted
     */
    public Repair(Session session, WalkedTable table, boolean fillEmptied) {
        this.session = session;
        this.table = table;
        this.task = TableTask.restoring(table);
        this.sql = new RepairSql(task);
        this.fillEmptied = fillEmptied;
    }

    /** Makes the place where sealed rows wait. */
    public void begin() {
        inTransaction(tx -> {
            tx.executeDefinition(RepairSql.dropStaging());
            tx.executeDefinition(sql.createStaging());
        });
    }

    /**
     * Looks at rows, and seals what has to be put back. Sealing and opening happen outside any transaction.
     *
     * @return the fate of every value that is held
     * @throws SealwayException if a ciphertext needs a key that is not at hand: it may be newer than what is held
     */
    public Looked look(List<HeldRow> rows) {
        Map<List<String>, RowsNow.Row> now = new RowsNow(table, sql).of(session, rows);
        Map<Fate, Long> fates = new HashMap<>();
        List<Mending> found = new ArrayList<>();
        for (HeldRow row : rows) {
            RowsNow.@Nullable Row there = now.get(row.key());
            if (there == null) {
                fates.merge(Fate.MISSING, held(row), Long::sum);
            } else {
                found.add(new Mending(row, there, table.columns().size()));
            }
        }
        for (int c = 0; c < table.columns().size(); c++) {
            mend(found, c, fates);
        }
        return new Looked(fates, stage(found));
    }

    private long held(HeldRow row) {
        long values = 0;
        for (int c = 0; c < table.columns().size(); c++) {
            values += row.value(c) == null ? 0 : 1;
        }
        return values;
    }

    private void mend(List<Mending> rows, int column, Map<Fate, Long> fates) {
        List<Mending> damaged = new ArrayList<>();
        List<Mending> sealed = new ArrayList<>();
        for (Mending row : rows) {
            if (row.held.value(column) == null) {
                continue;
            }
            if (row.now.ciphertexts().get(column).isPresent()) {
                sealed.add(row);
            } else if (!row.now.empty().get(column)) {
                fates.merge(Fate.KEPT, 1L, Long::sum);
            } else if (fillEmptied) {
                damaged.add(row);
            } else {
                fates.merge(Fate.EMPTIED, 1L, Long::sum);
            }
        }
        List<Mending> broken = broken(sealed, column);
        fates.merge(Fate.KEPT, (long) sealed.size() - broken.size(), Long::sum);
        damaged.addAll(broken);
        fates.merge(Fate.STAGED, (long) damaged.size(), Long::sum);
        seal(damaged, column);
    }

    private List<Mending> broken(List<Mending> rows, int column) {
        if (rows.isEmpty()) {
            return List.of();
        }
        WalkedColumn walked = table.columns().get(column);
        List<Attempt<Plaintext>> opened = walked.openAll(
                rows.stream()
                        .map(r -> r.now.ciphertexts().get(column).orElseThrow())
                        .toList(),
                rows.stream().map(r -> r.held.key()).toList());
        List<Mending> broken = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (!opens(walked, opened.get(i))) {
                broken.add(rows.get(i));
            }
        }
        return broken;
    }

    private boolean opens(WalkedColumn column, Attempt<Plaintext> attempt) {
        try {
            attempt.orThrow().close();
            return true;
        } catch (OpenFailedException e) {
            return switch (e.reason()) {
                case NOT_A_CIPHERTEXT, AUTHENTICATION_FAILED, BAD_PADDING -> false;
                case UNKNOWN_KEY, DISABLED_KEY ->
                    throw SealwayException.refused(
                            "a value of %s.%s cannot be told whole from broken: %s. It may be newer than the backup; nothing was restored"
                                    .formatted(table.name(), column.plaintext(), e.getMessage()));
            };
        }
    }

    private void seal(List<Mending> rows, int column) {
        if (rows.isEmpty()) {
            return;
        }
        List<byte[]> values = rows.stream()
                .map(r -> Objects.requireNonNull(r.held.value(column)))
                .toList();
        List<List<String>> keys = rows.stream().map(r -> r.held.key()).toList();
        List<Attempt<byte[][]>> outcomes = task.columns().get(column).work(values, keys);
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).outcomes.set(column, Optional.of(outcomes.get(i).orThrow()));
        }
    }

    private long stage(List<Mending> rows) {
        List<SealedRow> sealed = rows.stream()
                .filter(r -> r.outcomes.stream().anyMatch(Optional::isPresent))
                .map(r -> new SealedRow(r.held.key(), r.now.version(), r.outcomes))
                .toList();
        if (!sealed.isEmpty()) {
            Object[] arrays = new BatchWriter(new BatchSql(task), "NO KEY UPDATE", Optional.empty()).arrays(sealed);
            inTransaction(tx -> tx.execute(sql.stage(), arrays));
        }
        return sealed.size();
    }

    /**
     * Writes everything that waits, in one transaction.
     *
     * @param together is committed with it, and gets the number of rows that were written
     * @return that number: rows that somebody holds, or that changed meanwhile, were not written
     */
    public long write(BiConsumer<Transaction, Long> together) {
        return session.inTransaction(
                TransactionSettings.writing().guardMode(task.guardMode()),
                "restoring rows of %s".formatted(table.name()),
                tx -> {
                    List<Boolean> altered =
                            tx.list(sql.writeStaged(BatchStages.lock(tx, task)), row -> row.getBoolean(2));
                    if (altered.contains(true)) {
                        throw SealwayException.failed(
                                "a trigger on %s changes what is written over a value; nothing was restored"
                                        .formatted(table.name()));
                    }
                    together.accept(tx, (long) altered.size());
                    tx.executeDefinition(RepairSql.dropStaging());
                    return (long) altered.size();
                });
    }

    private void inTransaction(Consumer<Transaction> work) {
        session.inTransaction(TransactionSettings.writing(), "preparing to restore %s".formatted(table.name()), tx -> {
            work.accept(tx);
            return null;
        });
    }

    /** A row that may have to be mended. */
    private static final class Mending {

        private final HeldRow held;
        private final RowsNow.Row now;
        private final List<Optional<byte[][]>> outcomes = new ArrayList<>();

        Mending(HeldRow held, RowsNow.Row now, int columns) {
            this.held = held;
            this.now = now;
            for (int c = 0; c < columns; c++) {
                outcomes.add(Optional.empty());
            }
        }
    }
}
