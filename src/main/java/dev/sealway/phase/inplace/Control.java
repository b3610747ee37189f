package dev.sealway.phase.inplace;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.Plaintext;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TransactionSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The negative control: a cipher that opens an altered ciphertext proves nothing. */
final class Control {

    private static final Identifier T = Identifier.of("t");
    private static final Sql ONE = Sql.of("SELECT {value}, {key} FROM {table} t WHERE {encrypted} LIMIT 1");

    private record Sample(byte[] ciphertext, List<String> key) {}

    private final Database database;

    Control(Database database) {
        this.database = database;
    }

    /** Whether the alteration is noticed; true also where there is no ciphertext to alter. */
    boolean passes(WalkedTable table, WalkedColumn column) {
        Optional<Sample> sample = database.inTransaction(
                TransactionSettings.reading(),
                "taking a ciphertext of %s".formatted(table.name()),
                tx -> tx.first(
                        ONE.with("value", column.ciphertextIn(T))
                                .with("key", table.keyTextIn(T))
                                .with("table", table.name())
                                .with("encrypted", column.isEncryptedIn(T)),
                        row -> sample(row, table.rowKey().columns().size())));
        return sample.isEmpty() || !opens(column, sample.get());
    }

    private static Sample sample(ResultSet row, int keys) throws SQLException {
        List<String> key = new ArrayList<>();
        for (int k = 0; k < keys; k++) {
            key.add(row.getString(2 + k));
        }
        return new Sample(row.getBytes(1), key);
    }

    private static boolean opens(WalkedColumn column, Sample sample) {
        Attempt<Plaintext> opened = column.openAll(List.of(altered(sample.ciphertext)), List.of(sample.key))
                .get(0);
        if (opened instanceof Attempt.Done<Plaintext> done) {
            done.result().close();
            return true;
        }
        return false;
    }

    /** Another letter where the nonce stands: the form stays what it is. */
    private static byte[] altered(byte[] ciphertext) {
        byte[] other = ciphertext.clone();
        int colon = other.length - 1;
        while (other[colon] != ':') {
            colon--;
        }
        int at = colon + 5;
        other[at] = other[at] == 'A' ? (byte) 'B' : (byte) 'A';
        return other;
    }
}
