package dev.sealway.backup;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a backup's rows come to; the last record of the sealed stream.
 *
 * @param columns in the order of the columns
 */
record BackupTotals(long rows, List<Column> columns) {

    /**
     * @param nulls rows without a value
     * @param evidence the sum of a keyed number for each row, modulo 2^256
     */
    record Column(long nulls, BigInteger evidence) {

        Map<String, @Nullable Object> members() {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("nulls", nulls);
            members.put("evidence", hex());
            return members;
        }

        String hex() {
            return String.format(Locale.ROOT, "%064x", evidence);
        }

        static Column of(Members members) {
            return new Column(members.number("nulls"), new BigInteger(members.text("evidence"), 16));
        }
    }

    BackupTotals {
        columns = List.copyOf(columns);
    }

    Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("rows", rows);
        members.put("columns", columns.stream().map(Column::members).toList());
        return members;
    }

    static BackupTotals of(Members members) {
        return new BackupTotals(
                members.number("rows"),
                members.objects("columns").stream().map(Column::of).toList());
    }
}
