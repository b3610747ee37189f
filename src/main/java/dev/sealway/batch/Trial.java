package dev.sealway.batch;

import dev.sealway.batch.SealedBatch.SealedRow;
import dev.sealway.batch.WriteOrder.Stretch;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import java.util.List;

/**
 * Measures one batch: really reads and seals rows of the table, and writes them with the statement of a walk into a
 * scratch table of the same shape, whose plaintext is filler of the same length. Everything is rolled back; the table
 * itself is only read.
 */
public final class Trial {

    private static final Identifier SCRATCH_SCHEMA = Identifier.of("sealway");

    private static final Sql CREATE =
            Sql.of("CREATE TABLE {scratch} (LIKE {table} INCLUDING INDEXES INCLUDING STORAGE)");
    private static final Sql RELAX = Sql.of("ALTER TABLE {scratch} ALTER COLUMN {column} DROP NOT NULL");
    private static final Sql ADD = Sql.of("ALTER TABLE {scratch} ADD COLUMN IF NOT EXISTS {column} {type}");
    private static final Sql FILL = Sql.of("""
            INSERT INTO {scratch} ({columns}) OVERRIDING SYSTEM VALUE
            SELECT {values} FROM {table} t ORDER BY {key} LIMIT ? ON CONFLICT DO NOTHING""");
    private static final Sql VERSION = Sql.of("SELECT xmin::pg_catalog.text FROM {scratch} LIMIT 1");
    private static final Sql SIZE = Sql.of("SELECT pg_catalog.pg_total_relation_size(?::pg_catalog.regclass)");
    private static final Sql WAL =
            Sql.of("SELECT pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0')::pg_catalog.int8");

    /**
     * What a batch cost.
     *
     * @param rows rows written
     * @param readAndSealNanos time outside the write
     * @param writeNanos time of the write statement
     * @param growth bytes that the table and its indexes grew by
     * @param wal bytes of WAL, those of others at the same time included
     */
    public record Cost(long rows, long readAndSealNanos, long writeNanos, long growth, long wal) {

        /** With reading and sealing overlapped by writing, the slower of the two decides. */
        public double nanosPerRow() {
            return rows == 0 ? 0 : (double) Math.max(readAndSealNanos, writeNanos) / rows;
        }
    }

    private final Database database;
    private final WalkedTable table;
    private final WalkSettings settings;

    public Trial(Database database, WalkedTable table, WalkSettings settings) {
        this.database = database;
        this.table = table;
        this.settings = settings;
    }

    /** @param rows of the sample */
    public Cost of(int rows) {
        try (Session session = database.open()) {
            long start = System.nanoTime();
            TableTask task = new TableTask(
                    table, table.columns().stream().map(SealTask::unexpanded).toList(), "estimate", "backfill", 0);
            ReadBatch read = session.inTransaction(
                    TransactionSettings.reading(),
                    "reading a sample of %s".formatted(table.name()),
                    tx -> new BatchReader(new BatchSql(task), 1).read(tx, KeyRange.ALL, rows, false));
            SealedBatch sealed = new BatchSealer(task.columns()).seal(read);
            long readAndSeal = System.nanoTime() - start;
            return session.rolledBack(
                    TransactionSettings.writing().statementTimeout(settings.statementTimeout()),
                    "trying a batch of %s".formatted(table.name()),
                    tx -> write(tx, sealed, rows, readAndSeal));
        }
    }

    private Cost write(Transaction tx, SealedBatch sealed, int rows, long readAndSealNanos) {
        QualifiedName scratch = new QualifiedName(
                SCRATCH_SCHEMA, Identifier.of("trial_" + table.live().oid()));
        createScratch(tx, scratch, rows);
        String version = tx.first(VERSION.with("scratch", scratch), row -> row.getString(1))
                .orElse("0");
        List<SealedRow> batch = sealed.rows().stream()
                .map(r -> new SealedRow(r.key(), version, r.outcomes()))
                .toList();
        long size = tx.number(SIZE, scratch.sql());
        long wal = tx.number(WAL);
        long start = System.nanoTime();
        int written = new BatchWriter(
                        new BatchSql(TableTask.sealing(table.at(scratch))), "NO KEY UPDATE", Stretch.of(batch))
                .write(tx, batch)
                .written();
        long writeNanos = System.nanoTime() - start;
        return new Cost(
                written, readAndSealNanos, writeNanos, tx.number(SIZE, scratch.sql()) - size, tx.number(WAL) - wal);
    }

    private void createScratch(Transaction tx, QualifiedName scratch, int rows) {
        tx.executeDefinition(CREATE.with("scratch", scratch).with("table", table.name()));
        for (WalkedColumn column : table.columns()) {
            tx.executeDefinition(RELAX.with("scratch", scratch).with("column", column.plaintext()));
            SealTask.written(column)
                    .forEach(w -> tx.executeDefinition(ADD.with("scratch", scratch)
                            .with("column", w.name())
                            .with("type", w.addedType())));
        }
        new TrialFiller(table).fill(tx, FILL.with("scratch", scratch), rows);
        tx.executeDefinition(Sql.of("ANALYZE {scratch}").with("scratch", scratch));
    }
}
