package dev.sealway.index;

import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How large the indexes of a table are, those of all partitions included. What they grow by while no row is added is bloat.
 * Immutable.
 *
 * @param bytes by the index's name, quoted as SQL writes it
 */
public record IndexSizes(Map<String, Long> bytes) {

    private static final long WORTH_TELLING = 16L << 20;
    private static final double MUCH = 1.3;

    private static final Sql SIZES = Sql.of("""
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), pg_catalog.pg_relation_size(c.oid)
              FROM pg_catalog.pg_index i
              JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind = 'i'
               AND i.indrelid IN (SELECT ?::pg_catalog.regclass::pg_catalog.oid
                                   UNION SELECT relid FROM pg_catalog.pg_partition_tree(?::pg_catalog.regclass))""");

    public IndexSizes {
        bytes = Map.copyOf(bytes);
    }

    private record Size(String index, long bytes) {}

    public static IndexSizes of(Transaction tx, QualifiedName table) {
        List<Size> sizes = tx.list(SIZES, row -> new Size(row.getString(1), row.getLong(2)), table.sql(), table.sql());
        return new IndexSizes(sizes.stream().collect(Collectors.toMap(Size::index, Size::bytes)));
    }

    /** What to tell of indexes that grew much since {@code before}, and what gives that back; in the order of their names. */
    public List<String> bloatSince(IndexSizes before) {
        return bytes.entrySet().stream()
                .flatMap(now -> before.bloat(now.getKey(), now.getValue()).stream())
                .sorted()
                .toList();
    }

    private Optional<String> bloat(String index, long now) {
        return Optional.ofNullable(bytes.get(index))
                .filter(before -> isBloated(before, now))
                .map(before ->
                        "index %1$s grew from %2$d to %3$d MB during the walk; REINDEX INDEX CONCURRENTLY %1$s gives back what is not new rows"
                                .formatted(index, before >> 20, now >> 20));
    }

    private static boolean isBloated(long before, long now) {
        return now - before >= WORTH_TELLING && now >= MUCH * before;
    }
}
