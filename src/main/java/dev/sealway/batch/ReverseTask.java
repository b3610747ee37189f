package dev.sealway.batch;

import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.CiphertextForm;
import dev.sealway.crypto.Plaintext;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decrypts a column that was encrypted in place. */
final class ReverseTask implements ColumnTask {

    private static final Pattern CIPHERTEXT = Pattern.compile(CiphertextForm.TRANSIT_PATTERN);

    private final WalkedColumn column;

    ReverseTask(WalkedColumn column) {
        if (!column.isInPlace()) {
            throw new IllegalArgumentException("column %s has its plaintext still".formatted(column.plaintext()));
        }
        this.column = column;
    }

    @Override
    public Identifier column() {
        return column.plaintext();
    }

    @Override
    public List<Identifier> reads() {
        return List.of(column.plaintext());
    }

    @Override
    public Sql valueIn(Identifier row) {
        return column.ciphertextIn(row);
    }

    @Override
    public Sql isPendingIn(Identifier row) {
        return column.isEncryptedIn(row);
    }

    @Override
    public List<WrittenColumn> writes() {
        return List.of(column.ciphertextColumn());
    }

    @Override
    public Optional<Sql> provenIn(Identifier row) {
        return Optional.of(column.valueIn(row));
    }

    @Override
    public List<Attempt<byte[][]>> work(List<byte[]> values, List<List<String>> rowKeys) {
        return column.openAll(values, rowKeys).stream()
                .map(a -> a.then(ReverseTask::outcome))
                .toList();
    }

    /** A value that looks like a ciphertext would be taken for one in the next pass, and opened once more. */
    private static byte[][] outcome(Plaintext opened) {
        byte[] bytes = opened.revealBytes();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (CIPHERTEXT.matcher(text).matches()) {
            opened.close();
            throw SealwayException.failed(
                    "what it decrypts to has the form of a ciphertext itself, and could not be told from one; change the value");
        }
        return new byte[][] {bytes};
    }

    @Override
    public int concurrency() {
        return column.concurrency();
    }
}
