package dev.sealway.batch;

import dev.sealway.jdbc.RowReader;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the next rows of a range. Thread-safe. */
final class BatchReader {

    /** Batches end early so that all that are under way have at most this many bytes: long values must not fill the memory. */
    private static final long MAX_BYTES = 32L << 20;

    /** Neither the table's size nor its statistics tell how long its values are once they are decompressed. */
    private static final int FIRST_FETCH = 16;

    /** A fetch brings at most this many times what came before, in case that was not typical. */
    private static final int GROWTH = 4;

    private final BatchSql sql;
    private final int keyColumns;
    private final int valueColumns;
    private final long maxBytes;

    /** @param walks how many share the memory */
    BatchReader(BatchSql sql, int walks) {
        this.sql = sql;
        TableTask task = sql.task();
        this.keyColumns = task.table().rowKey().columns().size();
        this.valueColumns = task.columns().size();
        this.maxBytes = MAX_BYTES / (task.concurrency() + task.waitingBatches() + 1) / walks;
    }

    /** @param onlyPending see {@link BatchSql#read} */
    ReadBatch read(Transaction tx, KeyRange range, int rows, boolean onlyPending) {
        List<Object> binds = new ArrayList<>();
        range.after().ifPresent(binds::addAll);
        range.upTo().ifPresent(binds::addAll);
        binds.add(rows);
        Collector collector = new Collector();
        Sql query = sql.read(range.after().isPresent(), range.upTo().isPresent(), onlyPending);
        boolean all = tx.each(query, collector, FIRST_FETCH, binds.toArray());
        return new ReadBatch(
                collector.pending,
                collector.walked,
                Optional.ofNullable(collector.lastKey),
                !onlyPending,
                all && collector.walked < rows);
    }

    /** Takes rows until their values are too many bytes. */
    private final class Collector implements RowReader<Boolean> {

        private final List<ReadRow> pending = new ArrayList<>();
        private int walked;
        private int fetched = FIRST_FETCH;
        private long bytes;
        private @Nullable List<String> lastKey;
        private String version = "";

        @Override
        public Boolean read(ResultSet result) throws SQLException {
            String[] key = new String[keyColumns];
            for (int k = 0; k < keyColumns; k++) {
                key[k] = result.getString(2 + k);
            }
            byte[][] values = new byte[valueColumns][];
            for (int c = 0; c < valueColumns; c++) {
                byte[] value = result.getBytes(2 + keyColumns + c);
                bytes += value == null ? 0 : value.length;
                values[c] = value;
            }
            lastKey = Arrays.asList(key);
            walked++;
            ReadRow row = new ReadRow(lastKey, version(result), values);
            if (row.isPending()) {
                pending.add(row);
            }
            if (walked == fetched) {
                fetchAsManyAsFit(result);
            }
            return bytes < maxBytes;
        }

        /** Neighbours often came in by one transaction: then one text serves them all. */
        private String version(ResultSet result) throws SQLException {
            String read = result.getString(1);
            version = read.equals(version) ? version : read;
            return version;
        }

        private void fetchAsManyAsFit(ResultSet result) throws SQLException {
            long rowBytes = Math.max(1, bytes / walked);
            long fitting = Math.max(1, (maxBytes - bytes) / rowBytes + 1);
            int next = (int) Math.min(fitting, (GROWTH - 1L) * fetched);
            result.setFetchSize(next);
            fetched += next;
        }
    }
}
