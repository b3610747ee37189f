package dev.sealway.batch;

import dev.sealway.batch.SealedBatch.SealedRow;
import dev.sealway.batch.WriteOrder.Stretch;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The three stages of a batch over one table: read, seal, write. Reading and writing each take a transaction; sealing
 * takes none. Its parts share nothing that changes, so that stages of different batches may overlap.
 */
final class BatchStages {

    /** A full UNIQUE index on a column that is written makes it a key, and changing a key takes the stronger lock. */
    private static final Sql TOKEN_IS_KEY = Sql.of("""
            SELECT EXISTS (
              SELECT FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute a
                  ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
               WHERE i.indrelid = ?::pg_catalog.regclass AND i.indisunique AND i.indpred IS NULL
                 AND a.attname = ANY (?))""");

    /** With its primary key alone, an index entry costs less than the other order. */
    private static final Sql HAS_SEVERAL_INDEXES = Sql.of("""
            SELECT count(*) > 1 FROM pg_catalog.pg_index WHERE indrelid = ?::pg_catalog.regclass AND indislive""");

    private final TableTask task;
    private final WalkedTable table;
    private final WalkSettings settings;
    private final BatchSql sql;
    private final BatchReader reader;
    private final BatchSealer sealer;
    private final BatchSize size;
    private volatile @Nullable Boolean severalIndexes;

    BatchStages(TableTask task, WalkSettings settings) {
        this(settings, new BatchSql(task));
    }

    BatchStages(WalkSettings settings, BatchSql sql) {
        this.task = sql.task();
        this.table = task.table();
        this.settings = settings;
        this.sql = sql;
        this.reader = new BatchReader(sql, settings.hands().planned());
        this.sealer = new BatchSealer(task.columns());
        this.size = new BatchSize(settings.batchSize(), settings.pace());
    }

    TableTask task() {
        return task;
    }

    /**
     * Reads in a transaction of its own. Where rows are passed over ({@code where}, or pending ones that no index finds) one
     * read may have to look at the whole table, so it has no time limit; it holds no lock that anybody waits for.
     */
    ReadBatch read(Session session, KeyRange range, boolean onlyPending) {
        for (int attempt = 1; ; attempt++) {
            int rows = size.rows();
            try {
                return read(session, range, rows, onlyPending);
            } catch (SqlFailure e) {
                meet(e, rows, attempt);
            }
        }
    }

    private ReadBatch read(Session session, KeyRange range, int rows, boolean onlyPending) {
        boolean passesOver = onlyPending || table.where().isPresent();
        Duration limit = passesOver ? Duration.ZERO : settings.statementTimeout();
        return session.inTransaction(
                byIndex(TransactionSettings.reading())
                        .with("enable_sort", "off")
                        .statementTimeout(limit),
                "reading a batch of %s".formatted(table.name()),
                tx -> reader.read(tx, range, rows, onlyPending));
    }

    /** Outside any transaction. */
    SealedBatch seal(ReadBatch read) {
        return sealer.seal(read);
    }

    /** Reads and works on up to {@code rows} pending rows in the caller's transaction: for a handful, behind a lock. */
    SealedBatch readAndSealPending(Transaction tx, KeyRange range, int rows) {
        return sealer.seal(reader.read(tx, range, rows, true));
    }

    /**
     * Writes a batch with whatever must be committed together with it. After a lock, a deadlock or a time limit it goes on
     * in parts half as large, each in a transaction of its own, as are the parts of {@link WriteOrder}; what belongs together
     * with the batch goes with the last.
     */
    WriteResult write(Session session, SealedBatch batch, Together together) {
        WriteResult sum = WriteResult.NOTHING;
        WriteOrder order = order(session, batch);
        List<SealedRow> left = order.rows();
        BatchPart part = new BatchPart(session, together, settings.patience());
        OptionalInt unknown = OptionalInt.empty();
        for (int attempt = 1; ; attempt++) {
            // what may be committed already is asked for as it was
            int rows = Math.min(left.size(), unknown.orElseGet(() -> Math.min(order.atOnce(), size.rows())));
            boolean last = rows == left.size();
            try {
                WriteResult before = sum;
                List<SealedRow> now = left.subList(0, rows);
                long start = System.nanoTime();
                sum = sum.and(part.write(step(now, order.stretchOf(now)), before, last));
                size.passed(rows, System.nanoTime() - start);
                if (last) {
                    return sum;
                }
                left = left.subList(rows, left.size());
                attempt = 0;
                unknown = OptionalInt.empty();
            } catch (SqlFailure e) {
                meet(e, rows, attempt);
                if (e.isCommitUnknown()) {
                    unknown = OptionalInt.of(rows);
                }
            }
        }
    }

    private BatchPart.Step step(List<SealedRow> rows, Optional<Stretch> stretch) {
        return new BatchPart.Step(
                byIndex(TransactionSettings.writing()).guardMode(task.guardMode()),
                "writing a batch of %s".formatted(table.name()),
                tx -> write(tx, rows, stretch));
    }

    private WriteOrder order(Session session, SealedBatch batch) {
        return WriteOrder.canInterleave(batch, settings.leastAtOnce()) && hasSeveralIndexes(session)
                ? WriteOrder.interleaved(batch)
                : WriteOrder.plain(batch);
    }

    /** Asked once, and only for a batch to which it matters. */
    private boolean hasSeveralIndexes(Session session) {
        Boolean known = severalIndexes;
        if (known == null) {
            known = session.inTransaction(
                    TransactionSettings.reading(),
                    "looking at the indexes of %s".formatted(table.name()),
                    tx -> tx.isTrue(HAS_SEVERAL_INDEXES, table.name().sql()));
            severalIndexes = known;
        }
        return known;
    }

    /** @throws dev.sealway.error.SealwayException if what was met will not pass, or has not passed for too long */
    private void meet(SqlFailure failure, int rows, int attempt) {
        boolean half = failure.isConflict() || failure.isTimeout();
        if (!half && !failure.isConnectionLost()) {
            throw failure;
        }
        if (attempt >= settings.patience().attempts()) {
            throw SealwayException.failed(
                    "%s; it was tried %d times in a row, the last time with %d rows. Everything committed stays; run 'sealway %s' again, which continues"
                            .formatted(failure.getMessage(), attempt, rows, task.word()));
        }
        if (half) {
            size.halve(rows);
        }
        settings.patience().pause(attempt);
    }

    /** In the caller's transaction, which has said the task's {@code sealway.mode}. */
    WriteResult write(Transaction tx, SealedBatch batch) {
        WriteOrder order = WriteOrder.plain(batch);
        return write(tx, order.rows(), order.stretchOf(order.rows()));
    }

    private WriteResult write(Transaction tx, List<SealedRow> rows, Optional<Stretch> stretch) {
        WriteResult result = new BatchWriter(sql, lock(tx, task), stretch).write(tx, rows);
        if (result.written() > 0 && !table.guarded().isEmpty()) {
            table.guard().require(tx, table.guarded(), table.rowKey().names());
        }
        if (result.written() > 0) {
            table.tokenGuard().require(tx, WalkedTable.rotated(table.registered()));
        }
        return result;
    }

    /** The lock that a batch of {@code task} takes. */
    static String lock(Transaction tx, TableTask task) {
        String[] keys = task.columns().stream()
                .flatMap(c -> c.writes().stream())
                .filter(WrittenColumn::unique)
                .map(w -> w.name().name())
                .toArray(String[]::new);
        boolean isKey =
                keys.length > 0 && tx.isTrue(TOKEN_IS_KEY, task.table().name().sql(), keys);
        return isKey ? "UPDATE" : "NO KEY UPDATE";
    }

    /**
     * The planner takes a few thousand keys for most of a small table and would read all of it; a batch is an index walk
     * at any size. It is planned anew each time, for the keys it has.
     */
    TransactionSettings byIndex(TransactionSettings plain) {
        return plain.with("enable_seqscan", "off")
                .with("enable_bitmapscan", "off")
                .with("enable_mergejoin", "off")
                .with("plan_cache_mode", "force_custom_plan")
                .with("max_parallel_workers_per_gather", "0")
                .with("jit", "off")
                .lockTimeout(settings.lockTimeout())
                .idleTimeout(settings.statementTimeout())
                .statementTimeout(settings.statementTimeout());
    }
}
