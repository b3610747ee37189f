package dev.sealway.batch;

import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import java.time.Duration;
import java.util.function.BiConsumer;

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

    private final WalkedTable table;
    private final WalkSettings settings;
    private final BatchSql sql;
    private final BatchReader reader;
    private final BatchSealer sealer;

    BatchStages(WalkedTable table, WalkSettings settings) {
        this(table, settings, new BatchSql(table));
    }

    BatchStages(WalkedTable table, WalkSettings settings, BatchSql sql) {
        this.table = table;
        this.settings = settings;
        this.sql = sql;
        this.reader = new BatchReader(sql);
        this.sealer = new BatchSealer(table.columns());
    }

    /**
     * Reads in a transaction of its own, then seals outside of it. Where rows are passed over ({@code where}, or dirty ones
     * that no index finds) one read may have to look at the whole table, so it has no time limit; it holds no lock that
     * anybody waits for.
     */
    SealedBatch readAndSeal(Session session, KeyRange range, boolean onlyDirty) {
        boolean passesOver = onlyDirty || table.where().isPresent();
        Duration limit = passesOver ? Duration.ZERO : settings.statementTimeout();
        ReadBatch read = session.inTransaction(
                byIndex(TransactionSettings.reading())
                        .with("enable_sort", "off")
                        .statementTimeout(limit),
                "reading a batch of %s".formatted(table.name()),
                tx -> reader.read(tx, range, settings.batchSize(), onlyDirty));
        return sealer.seal(read);
    }

    /** Reads and seals up to {@code rows} dirty rows in the caller's transaction: for a handful, behind a lock. */
    SealedBatch readAndSealDirty(Transaction tx, KeyRange range, int rows) {
        return sealer.seal(reader.read(tx, range, rows, true));
    }

    /** Writes a batch with whatever must be committed together with it. */
    WriteResult write(Session session, SealedBatch batch, BiConsumer<Transaction, WriteResult> together) {
        return settings.patience()
                .retry(() -> session.inTransaction(
                        byIndex(TransactionSettings.writing()).guardMode("backfill"),
                        "writing a batch of %s".formatted(table.name()),
                        tx -> {
                            WriteResult result = write(tx, batch);
                            together.accept(tx, result);
                            return result;
                        }));
    }

    /** In the caller's transaction, which has said {@code sealway.mode=backfill}. */
    WriteResult write(Transaction tx, SealedBatch batch) {
        String lock = tokenIsKey(tx) ? "UPDATE" : "NO KEY UPDATE";
        WriteResult result = new BatchWriter(sql, lock, batch.read().dense()).write(tx, batch.rows());
        if (result.written() > 0) {
            table.guard().require(tx, table.guarded(), table.rowKey().names());
        }
        return result;
    }

    private boolean tokenIsKey(Transaction tx) {
        String[] tokens = table.columns().stream()
                .flatMap(c -> c.search().stream())
                .map(s -> s.name())
                .toArray(String[]::new);
        return tokens.length > 0 && tx.isTrue(TOKEN_IS_KEY, table.name().sql(), tokens);
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
                .statementTimeout(settings.statementTimeout());
    }
}
