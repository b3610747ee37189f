package dev.sealway.catalog;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the row key of a table. */
final class RowKeys {

    /**
     * The walk seeks by row comparison in the order of the index: so a B-tree, ascending, in the default order of each
     * type and in the column's own collation, which must tell different texts apart. A constraint that is checked late
     * is fine for the primary key only.
     */
    private static final Sql BEST = Sql.of("""
            SELECT x.relname, (i.indkey::int2[])[0:i.indnkeyatts - 1] AS numbers
              FROM pg_index i
              JOIN pg_class x ON x.oid = i.indexrelid
              JOIN pg_am am ON am.oid = x.relam AND am.amname = 'btree'
             WHERE i.indrelid = CAST(? AS oid)
               AND i.indisunique AND i.indisvalid AND i.indisready
               AND i.indpred IS NULL AND i.indexprs IS NULL
               AND (i.indisprimary OR i.indimmediate)
               AND 0 = ALL (i.indoption::int2[])
               AND NOT EXISTS (
                     SELECT 1
                       FROM unnest(i.indkey::int2[], i.indcollation::oid[], i.indclass::oid[])
                            WITH ORDINALITY AS k(attnum, collid, opclass, at)
                       JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                       LEFT JOIN pg_collation l ON l.oid = k.collid
                       LEFT JOIN pg_opclass o ON o.oid = k.opclass
                      WHERE k.at <= i.indnkeyatts
                        AND (NOT a.attnotnull
                             OR EXISTS (SELECT 1 FROM pg_constraint n
                                         WHERE n.conrelid = a.attrelid AND n.contype = 'n'
                                           AND n.conkey = ARRAY[a.attnum] AND NOT n.convalidated)
                             OR NOT coalesce(l.collisdeterministic, true)
                             OR k.collid <> a.attcollation
                             OR NOT o.opcdefault))
             ORDER BY i.indisprimary DESC, i.indnkeyatts,
                      EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.oid AND c.conrelid = i.indrelid) DESC,
                      x.relname
             LIMIT 1
            """);

    private RowKeys() {}

    static Optional<RowKey> of(Transaction tx, long table, List<LiveColumn> columns) {
        return tx.first(BEST, row -> rowKey(row, columns), table);
    }

    private static RowKey rowKey(ResultSet row, List<LiveColumn> columns) throws SQLException {
        var byNumber = columns.stream().collect(Collectors.toMap(LiveColumn::number, Function.identity()));
        Array numbers = row.getArray("numbers");
        List<LiveColumn> key = Arrays.stream((Object[]) numbers.getArray())
                .map(number -> byNumber.get(((Number) number).intValue()))
                .toList();
        return new RowKey(key, Identifier.of(row.getString("relname")));
    }
}
