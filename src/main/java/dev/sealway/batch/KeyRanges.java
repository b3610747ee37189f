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

    private static final Identifier W = Identifier.of("w");
    private static final double SAMPLED_ROWS = 20_000;

    /** Smaller ranges end before their stages have filled up. */
    private static final long LEAST_BATCHES = 5;

    /** Ranges never take equally long; whoever is through takes the next. */
    private static final long RANGES_PER_WORKER = 4;

    private static final Sql SAMPLE = Sql.of("""
            SELECT {key_text} FROM {table} w TABLESAMPLE SYSTEM (?::pg_catalog.float4) ORDER BY {order}""");

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
        List<List<String>> bounds = bounds(sample(tx, table, whole.rowsTotal()), count);
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

    private static List<List<String>> sample(Transaction tx, WalkedTable table, long rows) {
        double percent = Math.min(100, 100 * SAMPLED_ROWS / Math.max(1, rows));
        int columns = table.rowKey().columns().size();
        return tx.list(
                SAMPLE.with("key_text", table.keyTextIn(W))
                        .with("table", table.name())
                        .with("order", table.keyFields("{row}.{key}", W)),
                row -> {
                    List<String> key = new ArrayList<>();
                    for (int k = 1; k <= columns; k++) {
                        key.add(row.getString(k));
                    }
                    return key;
                },
                percent);
    }

    /** @param sorted keys, each once */
    private static List<List<String>> bounds(List<List<String>> sorted, int count) {
        List<List<String>> bounds = new ArrayList<>();
        for (int bound = 1; bound < count && sorted.size() >= count; bound++) {
            bounds.add(sorted.get((int) ((long) sorted.size() * bound / count)));
        }
        return bounds;
    }
}
