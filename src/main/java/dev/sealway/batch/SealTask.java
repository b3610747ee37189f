package dev.sealway.batch;

import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.Plaintext;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Encrypts the plaintext of a column, and makes its search token. */
final class SealTask implements ColumnTask {

    private final WalkedColumn column;

    SealTask(WalkedColumn column) {
        this.column = column;
    }

    /** The same for a table that is not expanded: every value counts, sealed or not; in place there is nothing to expand. */
    static ColumnTask unexpanded(WalkedColumn column) {
        SealTask task = new SealTask(column);
        return column.isInPlace() ? task : new Unexpanded(task);
    }

    @Override
    public Identifier column() {
        return column.plaintext();
    }

    @Override
    public List<Identifier> reads() {
        return column.isInPlace() ? List.of(column.plaintext()) : List.of(column.plaintext(), column.encrypted());
    }

    @Override
    public Sql valueIn(Identifier row) {
        return column.valueIn(row);
    }

    @Override
    public Sql isPendingIn(Identifier row) {
        return column.isDirtyIn(row);
    }

    @Override
    public List<WrittenColumn> writes() {
        return written(column);
    }

    /** The ciphertext's column, then the token's. */
    static List<WrittenColumn> written(WalkedColumn column) {
        List<WrittenColumn> writes = new ArrayList<>();
        writes.add(column.ciphertextColumn());
        column.tokenColumns().forEach(t -> writes.add(WrittenColumn.of(t, false, true)));
        return writes;
    }

    @Override
    public Optional<Sql> provenIn(Identifier row) {
        return column.isInPlace() ? Optional.of(column.valueIn(row)) : Optional.empty();
    }

    @Override
    public List<Attempt<byte[][]>> work(List<byte[]> values, List<List<String>> rowKeys) {
        List<Plaintext> plaintexts = values.stream().map(Plaintext::owning).toList();
        return column.sealAll(plaintexts, rowKeys).stream()
                .map(a -> a.then(WalkedColumn.Sealed::outcomes))
                .toList();
    }

    @Override
    public int concurrency() {
        return column.concurrency();
    }

    private record Unexpanded(SealTask task) implements ColumnTask {

        @Override
        public Identifier column() {
            return task.column();
        }

        @Override
        public List<Identifier> reads() {
            return List.of(task.column());
        }

        @Override
        public Sql valueIn(Identifier row) {
            return task.valueIn(row);
        }

        @Override
        public Sql isPendingIn(Identifier row) {
            return Sql.of("true");
        }

        @Override
        public List<WrittenColumn> writes() {
            return task.writes();
        }

        @Override
        public List<Attempt<byte[][]>> work(List<byte[]> values, List<List<String>> rowKeys) {
            return task.work(values, rowKeys);
        }
    }
}
