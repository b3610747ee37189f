package dev.sealway.batch;

import dev.sealway.batch.SealedBatch.SealedRow;
import dev.sealway.search.UnnormalizableValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Seals the values of a batch, outside any transaction. Thread-safe. */
final class BatchSealer {

    private final List<WalkedColumn> columns;

    BatchSealer(List<WalkedColumn> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Every plaintext of {@code batch} is zeroed when this returns or throws. */
    SealedBatch seal(ReadBatch batch) {
        List<SealedRow> rows = new ArrayList<>(batch.rows().size());
        List<FailedRow> failures = new ArrayList<>();
        try {
            for (ReadRow row : batch.rows()) {
                sealInto(rows, failures, row);
            }
        } finally {
            batch.rows().forEach(ReadRow::forget);
        }
        return new SealedBatch(rows, failures, batch);
    }

    /** A row is sealed as a whole or not at all. */
    private void sealInto(List<SealedRow> rows, List<FailedRow> failures, ReadRow row) {
        List<Optional<WalkedColumn.Sealed>> sealed = new ArrayList<>(columns.size());
        for (int c = 0; c < columns.size(); c++) {
            WalkedColumn column = columns.get(c);
            try {
                sealed.add(row.values().get(c).map(value -> column.seal(value, row.key())));
            } catch (UnnormalizableValueException e) {
                failures.add(new FailedRow(row.key(), column.plaintext(), e.getMessage()));
                return;
            }
        }
        rows.add(new SealedRow(row.key(), row.version(), sealed));
    }
}
