package dev.sealway.batch;

import dev.sealway.batch.SealedBatch.SealedRow;
import dev.sealway.batch.WriteOrder.Stretch;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes sealed batches with compare-and-set: a row that changed since it was read is left alone.
 *
 * <p>When a UNIQUE index on a token refuses the batch, it is halved until the row is found; that row is reported, the
 * others are written. Thread-safe.
 */
final class BatchWriter {

    private static final Identifier V = Identifier.of("v");

    private final TableTask task;
    private final Optional<Stretch> stretch;
    private final Sql write;

    /**
     * @param lock see {@link BatchSql#write}
     * @param stretch in which all rows are, if it is to be read at once instead of row by row
     */
    BatchWriter(BatchSql sql, String lock, Optional<Stretch> stretch) {
        this.task = sql.task();
        this.stretch = stretch;
        this.write = sql.write(lock, stretch.isPresent());
    }

    WriteResult write(Transaction tx, List<SealedRow> rows) {
        if (rows.isEmpty()) {
            return WriteResult.NOTHING;
        }
        List<WriteResult> result = new ArrayList<>(1);
        Optional<SqlFailure> failure = tx.tentatively(() -> result.add(writeAll(tx, rows)));
        if (failure.isEmpty()) {
            return result.get(0);
        }
        if (!isAboutOneRow(failure.get())) {
            throw failure.get();
        }
        if (rows.size() == 1) {
            return new WriteResult(0, 0, List.of(), List.of(failed(rows.get(0), failure.get())));
        }
        int half = rows.size() / 2;
        return write(tx, rows.subList(0, half)).and(write(tx, rows.subList(half, rows.size())));
    }

    /** Of a plaintext column also what the column, or a constraint on it, does not take. */
    private boolean isAboutOneRow(SqlFailure failure) {
        return failure.isUniqueViolation()
                || (failure.isOfValue()
                        && task.columns().stream().anyMatch(c -> c.provenIn(V).isPresent()));
    }

    private FailedRow failed(SealedRow row, SqlFailure failure) {
        return failure.isUniqueViolation() ? duplicate(row, failure) : refused(row, failure);
    }

    private FailedRow refused(SealedRow row, SqlFailure failure) {
        return new FailedRow(row.key(), task.columns().get(0).column(), String.valueOf(failure.getMessage()));
    }

    private FailedRow duplicate(SealedRow row, SqlFailure failure) {
        if (task.isRefill()) {
            return new FailedRow(
                    row.key(),
                    task.columns().get(0).column(),
                    "another row has the same value, which constraint %s forbids; decide which row keeps it"
                            .formatted(failure.constraint()));
        }
        Identifier column = task.columns().stream()
                .filter(c -> c.writes().stream().anyMatch(WrittenColumn::unique))
                .findFirst()
                .orElse(task.columns().get(0))
                .column();
        return new FailedRow(
                row.key(),
                column,
                ("another row has the same search token (constraint %s): an encrypted-only writer entered the value twice,"
                                + " or two spellings normalise to one; decide which row keeps it")
                        .formatted(failure.constraint()));
    }

    private WriteResult writeAll(Transaction tx, List<SealedRow> rows) {
        List<List<String>> bounced = new ArrayList<>();
        List<List<String>> altered = new ArrayList<>();
        List<Boolean> written = tx.list(write, row -> take(row, bounced, altered), arrays(rows));
        refuseAltered(altered);
        return new WriteResult(written.size(), rows.size() - written.size(), bounced, List.of());
    }

    private Boolean take(ResultSet row, List<List<String>> bounced, List<List<String>> altered) throws SQLException {
        boolean dirty = row.getBoolean(1);
        if (dirty) {
            bounced.add(key(row));
        }
        if (row.getBoolean(2)) {
            altered.add(key(row));
        }
        return dirty;
    }

    private List<String> key(ResultSet row) throws SQLException {
        List<String> key = new ArrayList<>();
        for (int k = 0; k < task.table().rowKey().columns().size(); k++) {
            key.add(row.getString(3 + k));
        }
        return key;
    }

    /** The transaction is rolled back by this, so that the values are there still. */
    private void refuseAltered(List<List<String>> altered) {
        if (!altered.isEmpty()) {
            throw SealwayException.failed(
                    ("a trigger on %s changes what is written over a value, or its column cuts it, so that the value would be lost:"
                                    + " %d rows of a batch, among them (%s). The batch was taken back; make the trigger leave"
                                    + " these values alone (ciphertexts in place begin with vault:v), then run again")
                            .formatted(task.table().name(), altered.size(), String.join(", ", altered.get(0))));
        }
    }

    /** The parameters of {@link BatchSql#write}. */
    Object[] arrays(List<SealedRow> rows) {
        List<Object> arrays = new ArrayList<>();
        for (int k = 0; k < task.table().rowKey().columns().size(); k++) {
            int at = k;
            arrays.add(rows.stream().map(r -> r.key().get(at)).toArray(String[]::new));
        }
        arrays.add(rows.stream().map(SealedRow::version).toArray(String[]::new));
        for (int c = 0; c < task.columns().size(); c++) {
            for (int w = 0; w < task.columns().get(c).writes().size(); w++) {
                arrays.add(outcomes(rows, c, w));
            }
        }
        stretch.ifPresent(s -> {
            arrays.addAll(s.first());
            arrays.addAll(s.last());
        });
        return arrays.toArray();
    }

    private static byte[][] outcomes(List<SealedRow> rows, int column, int write) {
        byte[][] outcomes = new byte[rows.size()][];
        for (int i = 0; i < outcomes.length; i++) {
            byte[][] made = rows.get(i).outcomes().get(column).orElse(null);
            outcomes[i] = made == null ? null : made[write];
        }
        return outcomes;
    }
}
