package dev.sealway.batch;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a table into ranges of its row key with about as many rows each, by the keys of a sample of its pages: skewed and
 * sparse keys, uuids and keys of several columns are cut evenly like any others.
 */
final class KeyRanges {

    private static final Identifier T = Identifier.of("t");
    private static final Identifier W = Identifier.of("w");
    private static final double SAMPLED_PAGES = 1_000;

    /** Smaller ranges end before their stages have filled up. */
    private static final long LEAST_BATCHES = 5;

    /** Ranges never take equally long; whoever is through takes the next. */
    private static final long RANGES_PER_WORKER = 4;

    private static final Sql PAGES = Sql.of("""
            SELECT coalesce(sum(pg_catalog.pg_relation_size(p.relid)), 0)::pg_catalog.int8
                     / pg_catalog.current_setting('block_size')::pg_catalog.int8
              FROM pg_catalog.pg_partition_tree(?::pg_catalog.regclass) p WHERE p.isleaf""");

    /** Of a sample of so many rows, the last of each of so many equal parts but the last. */
    private static final Sql BOUNDS = Sql.of("""
            SELECT {key_text} FROM (
              SELECT {keys}, row_number() OVER (ORDER BY {order}) AS sealway_row, count(*) OVER () AS sealway_rows
                FROM {table} t TABLESAMPLE SYSTEM (?::pg_catalog.float4)) w
             WHERE sealway_row * ? / sealway_rows > (sealway_row - 1) * ? / sealway_rows AND sealway_row < sealway_rows
             ORDER BY sealway_row""");

    private KeyRanges() {}

    /** How many ranges a table of so many rows is worth. */
    static int count(WalkSettings settings, long rows) {
        long worthwhile = rows / (LEAST_BATCHES * settings.batchSize());
        return settings.workers() == 1
                ? 1
                : (int) Math.max(1, Math.min(worthwhile, settings.workers() * RANGES_PER_WORKER));
    }

    /**
     * @param whole the table's only range
     * @param count how many to make; fewer come out of a sample that is too small
     */
    static List<Checkpoint> cut(Transaction tx, WalkedTable table, Checkpoint whole, int count) {
        if (count == 1) {
            return List.of(whole);
        }
        List<List<String>> bounds = bounds(tx, table, count);
        List<Checkpoint> ranges = new ArrayList<>();
        long rows = whole.rowsTotal() / (bounds.size() + 1);
        Optional<List<String>> from = Optional.empty();
        for (List<String> bound : bounds) {
            ranges.add(whole.ofRange(ranges.size(), from, Optional.of(bound), rows));
            from = Optional.of(bound);
        }
        ranges.add(whole.ofRange(ranges.size(), from, Optional.empty(), whole.rowsTotal() - rows * bounds.size()));
        return ranges;
    }

    /** Keys in their order, {@code count - 1} at most. */
    private static List<List<String>> bounds(Transaction tx, WalkedTable table, int count) {
        long pages = tx.number(PAGES, table.name().sql());
        int columns = table.rowKey().columns().size();
        return tx.list(
                BOUNDS.with("key_text", table.keyTextIn(W))
                        .with("keys", Sql.each("t.{name}", table.rowKey().names()))
                        .with("table", table.name())
                        .with("order", table.keyFields("{row}.{key}", T)),
                row -> {
                    List<String> key = new ArrayList<>();
                    for (int k = 1; k <= columns; k++) {
                        key.add(row.getString(k));
                    }
                    return key;
                },
                Math.min(100, 100 * SAMPLED_PAGES / Math.max(1, pages)),
                count,
                count);
    }
}
