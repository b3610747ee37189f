package dev.sealway.batch;

import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.Plaintext;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import java.util.List;

/**
 * Opens ciphertexts and makes their search tokens under the newest key. A row that is not encrypted is none of its
 * business: who encrypts it writes every token.
 */
final class TokenTask implements ColumnTask {

    private final WalkedColumn column;
    private final Identifier newest;

    TokenTask(WalkedColumn column) {
        this.column = column;
        this.newest = column.registered().search().orElseThrow().newest();
    }

    @Override
    public Identifier column() {
        return column.plaintext();
    }

    @Override
    public List<Identifier> reads() {
        return List.of(column.encrypted(), newest);
    }

    @Override
    public Sql valueIn(Identifier row) {
        return column.ciphertextIn(row);
    }

    @Override
    public Sql isPendingIn(Identifier row) {
        return Sql.of("({encrypted} AND {row}.{token} IS NULL)")
                .with("encrypted", column.isEncryptedIn(row))
                .with("row", row)
                .with("token", newest);
    }

    @Override
    public List<WrittenColumn> writes() {
        return List.of(WrittenColumn.of(newest, false, true));
    }

    @Override
    public List<Attempt<byte[][]>> work(List<byte[]> values, List<List<String>> rowKeys) {
        return column.openAll(values, rowKeys).stream()
                .map(a -> a.then(this::newestToken))
                .toList();
    }

    private byte[][] newestToken(Plaintext value) {
        try (value) {
            List<byte[]> all = column.allTokens(value);
            return new byte[][] {all.get(all.size() - 1)};
        }
    }

    @Override
    public int concurrency() {
        return column.concurrency();
    }
}
