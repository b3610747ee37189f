package dev.sealway.batch;

import dev.sealway.batch.SealedBatch.SealedRow;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes sealed batches with compare-and-set: a row that changed since it was read is left alone.
 *
 * <p>When a UNIQUE index on a token refuses the batch, it is halved until the row is found; that row is reported, the
 * others are written. Thread-safe.
 */
final class BatchWriter {

    private final WalkedTable table;
    private final boolean dense;
    private final Sql write;

    /**
     * @param lock see {@link BatchSql#write}
     * @param dense see {@link BatchSql#write}
     */
    BatchWriter(BatchSql sql, String lock, boolean dense) {
        this.table = sql.table();
        this.dense = dense;
        this.write = sql.write(lock, dense);
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
        if (!failure.get().isUniqueViolation()) {
            throw failure.get();
        }
        if (rows.size() == 1) {
            return new WriteResult(0, 0, List.of(), List.of(duplicate(rows.get(0), failure.get())));
        }
        int half = rows.size() / 2;
        return write(tx, rows.subList(0, half)).and(write(tx, rows.subList(half, rows.size())));
    }

    private FailedRow duplicate(SealedRow row, SqlFailure failure) {
        Identifier column = table.columns().stream()
                .filter(c -> c.registered().search().map(s -> s.carryUnique()).orElse(false))
                .findFirst()
                .map(WalkedColumn::plaintext)
                .orElse(table.columns().get(0).plaintext());
        return new FailedRow(
                row.key(),
                column,
                ("another row has the same search token (constraint %s): an encrypted-only writer entered the value twice,"
                                + " or two spellings normalise to one; decide which row keeps it")
                        .formatted(failure.constraint()));
    }

    private WriteResult writeAll(Transaction tx, List<SealedRow> rows) {
        List<List<String>> bounced = new ArrayList<>();
        List<Boolean> written = tx.list(write, row -> take(row, bounced), arrays(rows));
        return new WriteResult(written.size(), rows.size() - written.size(), bounced, List.of());
    }

    private Boolean take(ResultSet row, List<List<String>> bounced) throws SQLException {
        boolean dirty = row.getBoolean(1);
        if (dirty) {
            List<String> key = new ArrayList<>();
            for (int k = 0; k < table.rowKey().columns().size(); k++) {
                key.add(row.getString(2 + k));
            }
            bounced.add(key);
        }
        return dirty;
    }

    /** The parameters of {@link BatchSql#write}. */
    Object[] arrays(List<SealedRow> rows) {
        List<Object> arrays = new ArrayList<>();
        for (int k = 0; k < table.rowKey().columns().size(); k++) {
            int at = k;
            arrays.add(rows.stream().map(r -> r.key().get(at)).toArray(String[]::new));
        }
        arrays.add(rows.stream().map(SealedRow::version).toArray(String[]::new));
        for (int c = 0; c < table.columns().size(); c++) {
            int at = c;
            arrays.add(blobs(rows, r -> r.values().get(at).map(WalkedColumn.Sealed::ciphertext)));
            if (table.columns().get(c).search().isPresent()) {
                arrays.add(blobs(rows, r -> r.values().get(at).flatMap(WalkedColumn.Sealed::token)));
            }
        }
        if (dense) {
            arrays.addAll(rows.get(0).key());
            arrays.addAll(rows.get(rows.size() - 1).key());
        }
        return arrays.toArray();
    }

    private static byte[][] blobs(List<SealedRow> rows, Function<SealedRow, Optional<byte[]>> part) {
        byte[][] blobs = new byte[rows.size()][];
        for (int i = 0; i < blobs.length; i++) {
            blobs[i] = part.apply(rows.get(i)).orElse(null);
        }
        return blobs;
    }
}
