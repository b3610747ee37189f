package dev.sealway.phase.rehearse;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.ColumnPhase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What came back on the copy against what is there, byte by byte and inside the server.
 *
 * @param back values that came back
 * @param compared those of them whose row still has the ciphertext that was copied, and a plaintext to be held against
 * @param problems names the first rows that differ
 */
record Comparison(long back, long compared, List<String> problems) {

    private static final int NAMED = 5;
    private static final Identifier C = Identifier.of("c");
    private static final Identifier T = Identifier.of("t");

    private static final Sql BACK =
            Sql.of("SELECT pg_catalog.count(*) FROM {copy} c WHERE c.{column} IS DISTINCT FROM NULL");

    /** One statement is one snapshot, and the ciphertext says whether the row is still the one that was copied. */
    private static final Sql PAIRS = Sql.of("""
            FROM {copy} c JOIN {table} t ON {same_row}
             WHERE c.{encrypted} IS NOT NULL AND {copied} = {cipher} AND {due}""");

    private static final Sql COUNT = Sql.of("SELECT pg_catalog.count(*) {pairs}");

    private static final Sql DIFFERENT =
            Sql.of("SELECT {key} {pairs} AND {back} IS DISTINCT FROM {there} ORDER BY {order} LIMIT {most}");

    static Comparison of(Transaction tx, WalkedTable table, WalkedTable copy) {
        long back = 0;
        long compared = 0;
        List<String> problems = new ArrayList<>();
        for (WalkedColumn column : table.columns()) {
            Sql pairs = pairs(table, copy, column);
            back += tx.number(BACK.with("copy", copy.name()).with("column", column.plaintext()));
            compared += tx.number(COUNT.with("pairs", pairs));
            tx.list(
                            DIFFERENT
                                    .with("pairs", pairs)
                                    .with("key", table.keyTextIn(T))
                                    .with("back", column.valueIn(C))
                                    .with("there", column.valueIn(T))
                                    .with(
                                            "order",
                                            Sql.each("t.{name}", table.rowKey().names()))
                                    .with("most", Sql.of(Integer.toString(NAMED))),
                            row -> key(table, row))
                    .forEach(key -> problems.add("row (%s), column %s: what comes back is not what is there"
                            .formatted(key, column.plaintext())));
        }
        return new Comparison(back, compared, problems);
    }

    private static Sql pairs(WalkedTable table, WalkedTable copy, WalkedColumn column) {
        return PAIRS.with("copy", copy.name())
                .with("table", table.name())
                .with("encrypted", column.encrypted())
                .with("copied", column.ciphertextIn(C))
                .with("cipher", column.ciphertextIn(T))
                .with("due", due(column))
                .with(
                        "same_row",
                        Sql.join(
                                " AND ",
                                table.rowKey().names().stream()
                                        .map(k -> Sql.of("c.{key} = t.{key}").with("key", k))
                                        .toList()));
    }

    /** After cut over applications leave the plaintext empty. */
    private static Sql due(WalkedColumn column) {
        return column.registered().phase().isAtLeast(ColumnPhase.CUT_OVER)
                ? Sql.of("t.{column} IS DISTINCT FROM NULL").with("column", column.plaintext())
                : Sql.of("true");
    }

    private static String key(WalkedTable table, ResultSet row) throws SQLException {
        List<String> key = new ArrayList<>();
        for (int k = 1; k <= table.rowKey().columns().size(); k++) {
            key.add(row.getString(k));
        }
        return String.join(", ", key);
    }
}
