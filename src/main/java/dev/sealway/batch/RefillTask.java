package dev.sealway.batch;

import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.Plaintext;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TypeName;
import java.util.List;
import java.util.Optional;

/**
 * Decrypts into the plaintext column what only the encrypted column holds. A row that has both is none of its business:
 * verify says whether they agree.
 *
 * @param type of the plaintext column
 */
record RefillTask(WalkedColumn walked, TypeName type) implements ColumnTask {

    private static final Sql PENDING = Sql.of("({plain} IS NOT DISTINCT FROM NULL AND {encrypted} IS NOT NULL)");

    static RefillTask of(WalkedTable table, WalkedColumn column) {
        return new RefillTask(
                column, WalkedTable.liveColumn(table.live(), column.plaintext()).type());
    }

    @Override
    public Identifier column() {
        return walked.plaintext();
    }

    @Override
    public List<Identifier> reads() {
        return List.of(walked.plaintext(), walked.encrypted());
    }

    @Override
    public Sql valueIn(Identifier row) {
        return walked.ciphertextIn(row);
    }

    @Override
    public Sql isPendingIn(Identifier row) {
        Sql of = Sql.of("{row}.{column}").with("row", row);
        return PENDING.with("plain", of.with("column", walked.plaintext()))
                .with("encrypted", of.with("column", walked.encrypted()));
    }

    /** As {@link #isPendingIn} for the predicate of an index, which names columns without their table. */
    static Sql isPending(WalkedColumn column) {
        return PENDING.with("plain", column.plaintext()).with("encrypted", column.encrypted());
    }

    @Override
    public List<WrittenColumn> writes() {
        return List.of(walked.plaintextColumn(type));
    }

    /** A cast cuts a value to the column's length in silence, and a trigger may change it. */
    @Override
    public Optional<Sql> provenIn(Identifier row) {
        return Optional.of(walked.valueIn(row));
    }

    @Override
    public List<Attempt<byte[][]>> work(List<byte[]> values, List<List<String>> rowKeys) {
        return walked.openAll(values, rowKeys).stream()
                .map(a -> a.then(RefillTask::outcome))
                .toList();
    }

    /** Whoever writes the batch zeroes it. */
    private static byte[][] outcome(Plaintext opened) {
        return new byte[][] {opened.revealBytes()};
    }

    @Override
    public int concurrency() {
        return walked.concurrency();
    }
}
