package dev.sealway.proof;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.Plaintext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A row whose ciphertexts were opened, or could not be. */
final class OpenedRow {

    private final ProofRow row;
    private final List<Optional<Attempt<Plaintext>>> opened = new ArrayList<>();

    private OpenedRow(ProofRow row) {
        this.row = row;
    }

    /** Column by column, all rows at once. What has no plaintext to be compared with, and needs one, stays closed. */
    static List<OpenedRow> open(List<WalkedColumn> columns, List<ProofRow> rows) {
        List<OpenedRow> opened = rows.stream().map(OpenedRow::new).toList();
        for (int c = 0; c < columns.size(); c++) {
            open(columns.get(c), c, opened);
        }
        return opened;
    }

    private static void open(WalkedColumn column, int at, List<OpenedRow> rows) {
        List<OpenedRow> having = new ArrayList<>();
        List<byte[]> ciphertexts = new ArrayList<>();
        List<List<String>> keys = new ArrayList<>();
        for (OpenedRow row : rows) {
            byte[] ciphertext = row.row.ciphertexts()[at];
            boolean comparable = row.row.plaintexts()[at] != null || column.isCutOver();
            if (ciphertext == null || !comparable) {
                row.opened.add(Optional.empty());
            } else {
                having.add(row);
                ciphertexts.add(ciphertext);
                keys.add(row.row.key());
            }
        }
        if (having.isEmpty()) {
            return;
        }
        List<Attempt<Plaintext>> attempts = column.openAll(ciphertexts, keys);
        if (attempts.size() != having.size()) {
            throw new IllegalStateException("%d ciphertexts came back as %d".formatted(having.size(), attempts.size()));
        }
        for (int i = 0; i < attempts.size(); i++) {
            having.get(i).opened.add(Optional.of(attempts.get(i)));
        }
    }

    ProofRow row() {
        return row;
    }

    /** What became of a column's ciphertext; empty where there was nothing to open. */
    Optional<Attempt<Plaintext>> opened(int column) {
        return opened.get(column);
    }
}
