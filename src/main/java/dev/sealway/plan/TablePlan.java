package dev.sealway.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One table with the columns that are to be encrypted.
 *
 * @param line the line of the plan file that declares it, from 1
 * @param cipher the plan's cipher that seals its values; empty means the key bundle's own
 * @param acceptEncrypted in place: whether values that look encrypted before the first run are taken for that, once they
 *     decrypt
 * @param where narrows the walk to some rows; never a safety check
 * @param columns in the order of the plan
 * @param dispositions what the reviewer decided for each object that hangs on the plaintext, by {@code <kind> <name>}
 */
public record TablePlan(
        TableName name,
        int line,
        Mode mode,
        Binding binding,
        Optional<String> cipher,
        boolean acceptEncrypted,
        Optional<String> where,
        List<ColumnPlan> columns,
        Map<String, Disposition> dispositions) {

    public TablePlan {
        columns = List.copyOf(columns);
        dispositions = Map.copyOf(dispositions);
    }

    /** Whether its values or its search tokens are made with keys of the key bundle. */
    public boolean needsKeyBundle() {
        return cipher.isEmpty() || columns.stream().anyMatch(c -> c.search().isPresent());
    }

    /** The same table with only the columns that {@code change} brings in. */
    public TablePlan onlyChange(int change) {
        return withColumns(columns.stream().filter(c -> c.change() == change).toList());
    }

    public TablePlan withColumns(List<ColumnPlan> kept) {
        return new TablePlan(name, line, mode, binding, cipher, acceptEncrypted, where, kept, dispositions);
    }
}
