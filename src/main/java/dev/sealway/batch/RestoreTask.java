package dev.sealway.batch;

import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.Plaintext;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import java.util.List;
import java.util.Optional;

/** Seals values that come from elsewhere, in place of ciphertexts that nothing opens any more; the row itself tells nothing. */
record RestoreTask(WalkedColumn walked) implements ColumnTask {

    @Override
    public Identifier column() {
        return walked.plaintext();
    }

    @Override
    public List<Identifier> reads() {
        return List.of(walked.encrypted());
    }

    @Override
    public Sql valueIn(Identifier row) {
        return walked.ciphertextIn(row);
    }

    @Override
    public Sql isPendingIn(Identifier row) {
        return Sql.of("false");
    }

    @Override
    public List<WrittenColumn> writes() {
        return SealTask.written(walked);
    }

    @Override
    public Optional<Sql> provenIn(Identifier row) {
        return walked.isInPlace() ? Optional.of(walked.valueIn(row)) : Optional.empty();
    }

    @Override
    public List<Attempt<byte[][]>> work(List<byte[]> values, List<List<String>> rowKeys) {
        return walked.sealAll(values.stream().map(Plaintext::owning).toList(), rowKeys).stream()
                .map(a -> a.then(WalkedColumn.Sealed::outcomes))
                .toList();
    }
}
