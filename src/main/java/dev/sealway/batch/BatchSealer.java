package dev.sealway.batch;

import dev.sealway.batch.SealedBatch.SealedRow;
import dev.sealway.crypto.Attempt;
import dev.sealway.error.SealwayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Works on the values of a batch, column by column and outside any transaction. Thread-safe. */
final class BatchSealer {

    private final List<ColumnTask> columns;

    BatchSealer(List<ColumnTask> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Every value of {@code batch} is zeroed when this returns or throws. */
    SealedBatch seal(ReadBatch batch) {
        List<Progressing> rows = batch.rows().stream()
                .map(r -> new Progressing(r, columns.size()))
                .toList();
        try {
            for (int c = 0; c < columns.size(); c++) {
                work(rows, c);
            }
        } finally {
            batch.rows().forEach(ReadRow::forget);
        }
        return new SealedBatch(
                rows.stream()
                        .filter(r -> r.failure.isEmpty())
                        .map(Progressing::sealed)
                        .toList(),
                rows.stream().flatMap(r -> r.failure.stream()).toList(),
                batch);
    }

    private void work(List<Progressing> rows, int column) {
        List<byte[]> values = new ArrayList<>();
        List<List<String>> keys = new ArrayList<>();
        List<Progressing> having = new ArrayList<>();
        for (Progressing row : rows) {
            byte[] value = row.read.value(column);
            if (value == null) {
                row.outcomes.add(Optional.empty());
            } else {
                values.add(value);
                keys.add(row.read.key());
                having.add(row);
            }
        }
        if (values.isEmpty()) {
            return;
        }
        List<Attempt<byte[][]>> attempts = columns.get(column).work(values, keys);
        if (attempts.size() != having.size()) {
            throw new IllegalStateException("%d values came back as %d".formatted(having.size(), attempts.size()));
        }
        for (int i = 0; i < attempts.size(); i++) {
            having.get(i).take(attempts.get(i), columns.get(column));
        }
    }

    /** A row is worked on as a whole or not at all. */
    private static final class Progressing {

        private final ReadRow read;
        private final List<Optional<byte[][]>> outcomes;
        private Optional<FailedRow> failure = Optional.empty();

        Progressing(ReadRow read, int columns) {
            this.read = read;
            this.outcomes = new ArrayList<>(columns);
        }

        void take(Attempt<byte[][]> attempt, ColumnTask column) {
            try {
                outcomes.add(Optional.of(attempt.orThrow()));
            } catch (SealwayException e) {
                if (failure.isEmpty()) {
                    failure = Optional.of(new FailedRow(read.key(), column.column(), String.valueOf(e.getMessage())));
                }
                outcomes.add(Optional.empty());
            }
        }

        SealedRow sealed() {
            return new SealedRow(read.key(), read.version(), outcomes);
        }
    }
}
