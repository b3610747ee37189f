package dev.sealway.batch;

import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.TransactionSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Looks up rows by their keys. */
final class RowsNow {

    private static final int FETCH = 100;

    private final WalkedTable table;
    private final RepairSql sql;

    RowsNow(WalkedTable table, RepairSql sql) {
        this.table = table;
        this.sql = sql;
    }

    /**
     * A row as it is.
     *
     * @param version its {@code xmin}
     * @param empty per column whether it is null
     * @param ciphertexts per column; empty where there is none, in place also where there is something else
     */
    record Row(List<String> key, String version, List<Boolean> empty, List<Optional<byte[]>> ciphertexts) {}

    /** Those of {@code rows} that are there, by their keys. */
    Map<List<String>, Row> of(Session session, List<HeldRow> rows) {
        Map<List<String>, Row> found = new HashMap<>();
        Object[] keys = IntStream.range(0, table.rowKey().columns().size())
                .mapToObj(k -> rows.stream().map(r -> r.key().get(k)).toArray(String[]::new))
                .toArray();
        session.inTransaction(
                TransactionSettings.reading(),
                "looking at rows of %s".formatted(table.name()),
                tx -> tx.each(
                        sql.look(),
                        row -> {
                            Row there = read(row);
                            found.put(there.key(), there);
                            return true;
                        },
                        FETCH,
                        keys));
        return found;
    }

    private Row read(ResultSet row) throws SQLException {
        int keys = table.rowKey().columns().size();
        List<String> key = new ArrayList<>();
        for (int k = 0; k < keys; k++) {
            key.add(row.getString(2 + k));
        }
        List<Boolean> empty = new ArrayList<>();
        List<Optional<byte[]>> ciphertexts = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            empty.add(row.getBoolean(2 + keys + 2 * c));
            ciphertexts.add(Optional.ofNullable(row.getBytes(3 + keys + 2 * c)));
        }
        return new Row(key, row.getString(1), empty, ciphertexts);
    }
}
