package dev.sealway.batch;

import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.Plaintext;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves the ciphertexts of a column to the keyset primary.
 *
 * @param proving whether each new ciphertext is opened again and compared
 */
record RewrapTask(WalkedColumn walked, boolean proving) implements ColumnTask {

    @Override
    public Identifier column() {
        return walked.plaintext();
    }

    /** The plaintext may be gone. */
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
        return walked.isOfAnOlderKeyIn(row);
    }

    @Override
    public List<WrittenColumn> writes() {
        return List.of(walked.ciphertextColumn());
    }

    @Override
    public List<Attempt<byte[][]>> work(List<byte[]> values, List<List<String>> rowKeys) {
        List<Attempt<byte[]>> made = walked.rewrapAll(values, rowKeys);
        List<Attempt<byte[]>> proven = proving ? proven(values, made, rowKeys) : made;
        return proven.stream().map(a -> a.then(c -> new byte[][] {c})).toList();
    }

    private List<Attempt<byte[]>> proven(List<byte[]> values, List<Attempt<byte[]>> made, List<List<String>> rowKeys) {
        List<Integer> done = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            if (made.get(i) instanceof Attempt.Done<byte[]>) {
                done.add(i);
            }
        }
        List<List<String>> keys = done.stream().map(rowKeys::get).toList();
        List<Attempt<Plaintext>> before =
                walked.openAll(done.stream().map(values::get).toList(), keys);
        List<Attempt<Plaintext>> after =
                walked.openAll(done.stream().map(i -> made.get(i).orThrow()).toList(), keys);
        List<Attempt<byte[]>> proven = new ArrayList<>(made);
        for (int d = 0; d < done.size(); d++) {
            int at = d;
            proven.set(done.get(d), made.get(done.get(d)).then(c -> same(before.get(at), after.get(at), c)));
        }
        return proven;
    }

    private static byte[] same(Attempt<Plaintext> before, Attempt<Plaintext> after, byte[] ciphertext) {
        try (Plaintext old = before.orThrow();
                Plaintext fresh = after.orThrow()) {
            if (!old.equals(fresh)) {
                throw SealwayException.failed("the new ciphertext does not hold what the old one holds");
            }
            return ciphertext;
        }
    }

    @Override
    public int concurrency() {
        return walked.concurrency();
    }
}
