package dev.sealway.batch;

import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.CiphertextForm;
import dev.sealway.crypto.Encoding;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.crypto.Plaintext;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Literal;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TypeName;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredSearch;
import dev.sealway.ledger.RotationState;
import dev.sealway.plan.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A registered column with everything that is needed to seal and open its values. Thread-safe. */
public final class WalkedColumn {

    private static final Sql TEXT = Sql.of("pg_catalog.convert_to({row}.{column}::pg_catalog.text, 'UTF8')");
    private static final Sql RAW = Sql.of("{row}.{column}::pg_catalog.bytea");

    private static final Sql DIRTY = Sql.of("({row}.{plain} IS DISTINCT FROM NULL AND {row}.{encrypted} IS NULL)");
    private static final Sql ENCRYPTED = Sql.of("({row}.{encrypted} IS NOT NULL)");
    /** Other collations may know no regular expressions. */
    private static final Sql PLAIN_IN_PLACE =
            Sql.of("({row}.{plain}::pg_catalog.text COLLATE pg_catalog.\"C\" OPERATOR(pg_catalog.!~) {form})");

    private static final Sql ENCRYPTED_IN_PLACE =
            Sql.of("({row}.{plain}::pg_catalog.text COLLATE pg_catalog.\"C\" OPERATOR(pg_catalog.~) {form})");

    private static final Attempt<List<byte[]>> NO_TOKENS = new Attempt.Done<>(List.of());

    private final RegisteredColumn registered;
    private final FieldCipher cipher;
    private final Optional<TokenMaker> tokens;
    private final Binding binding;
    private final AssociatedData ofColumn;

    public WalkedColumn(RegisteredColumn registered, FieldCipher cipher, Optional<TokenMaker> tokens, Binding binding) {
        this.registered = registered;
        this.cipher = cipher;
        this.tokens = tokens;
        this.binding = binding;
        this.ofColumn = AssociatedData.ofColumn(registered.context(), registered.encoding());
    }

    /** A column of another context under the same keys: no ciphertext of this one opens there. */
    public WalkedColumn elsewhere() {
        return new WalkedColumn(
                registered.withContext("%s/elsewhere".formatted(registered.context())), cipher, tokens, binding);
    }

    public RegisteredColumn registered() {
        return registered;
    }

    public Identifier plaintext() {
        return registered.plaintext();
    }

    public Identifier encrypted() {
        return registered.encrypted();
    }

    public Optional<Identifier> search() {
        return registered.search().map(s -> s.column());
    }

    /** Every column that holds tokens of this one, under the older key first. */
    public List<Identifier> tokenColumns() {
        return registered.search().map(RegisteredSearch::columns).orElse(List.of());
    }

    /** Whether the ciphertext stands where the plaintext was. */
    public boolean isInPlace() {
        return registered.isInPlace();
    }

    /** Whether its ciphertexts are authoritative, so that a row may have one and no plaintext. */
    public boolean isCutOver() {
        return registered.phase() == ColumnPhase.CUT_OVER || registered.phase() == ColumnPhase.REVERSING;
    }

    /** The column that takes the ciphertext. */
    public WrittenColumn ciphertextColumn() {
        return WrittenColumn.of(encrypted(), isText(), false);
    }

    /** The column that takes the plaintext of a ciphertext that stays. */
    WrittenColumn plaintextColumn(TypeName type) {
        boolean raw = registered.encoding().form() == Encoding.Form.RAW_1;
        return new WrittenColumn(plaintext(), !raw, true, raw ? Optional.empty() : Optional.of(type));
    }

    /** Whether its ciphertexts are text. */
    public boolean isText() {
        return cipher.form() == CiphertextForm.TRANSIT_TEXT;
    }

    /** Whether a ciphertext opens in its own row alone. */
    public boolean isBoundToRow() {
        return binding == Binding.ROW;
    }

    /** Whether its values are sealed at the far end of a network, which is never done while a lock is held. */
    public boolean isSealedAfar() {
        return cipher.isRemote();
    }

    /** How many batches may usefully be sealed at once. */
    public int concurrency() {
        return cipher.concurrency();
    }

    /**
     * The value of a row and its tokens.
     *
     * @param tokens one for each of {@link #tokenColumns}
     */
    public record Sealed(byte[] ciphertext, List<byte[]> tokens) {

        byte[][] outcomes() {
            byte[][] outcomes = new byte[1 + tokens.size()][];
            outcomes[0] = ciphertext;
            for (int t = 0; t < tokens.size(); t++) {
                outcomes[1 + t] = tokens.get(t);
            }
            return outcomes;
        }
    }

    /**
     * Seals a value; it is zeroed, whatever happens.
     *
     * @throws dev.sealway.search.UnnormalizableValueException if the normaliser cannot take the value
     */
    public Sealed seal(Plaintext value, List<String> rowKey) {
        return sealAll(List.of(value), List.of(rowKey)).get(0).orThrow();
    }

    /** Seals many values, each a success or a failure of its own; all are zeroed, whatever happens. */
    public List<Attempt<Sealed>> sealAll(List<Plaintext> values, List<List<String>> rowKeys) {
        List<Plaintext> padded = new ArrayList<>(values.size());
        try {
            List<Attempt<List<byte[]>>> made = new ArrayList<>(values.size());
            for (Plaintext value : values) {
                made.add(tokens.isEmpty() ? NO_TOKENS : Attempt.of(() -> allTokens(value)));
                padded.add(registered.encoding().pad(value));
            }
            List<Attempt<byte[]>> ciphertexts = cipher.sealAll(padded, associatedData(rowKeys));
            List<Attempt<Sealed>> sealed = new ArrayList<>(values.size());
            for (int i = 0; i < made.size(); i++) {
                Attempt<byte[]> ciphertext = ciphertexts.get(i);
                sealed.add(made.get(i).then(all -> new Sealed(ciphertext.orThrow(), all)));
            }
            return sealed;
        } finally {
            padded.forEach(Plaintext::close);
            values.forEach(Plaintext::close);
        }
    }

    /** @throws OpenFailedException if the ciphertext does not belong here */
    public Plaintext open(byte[] ciphertext, List<String> rowKey) {
        return openAll(List.of(ciphertext), List.of(rowKey)).get(0).orThrow();
    }

    /** As {@link #open}, many at once, each a success or a failure of its own. */
    public List<Attempt<Plaintext>> openAll(List<byte[]> ciphertexts, List<List<String>> rowKeys) {
        return cipher.openAll(ciphertexts, associatedData(rowKeys)).stream()
                .map(a -> a.then(registered.encoding()::unpad))
                .toList();
    }

    /** Moves ciphertexts to the keyset primary. */
    public List<Attempt<byte[]>> rewrapAll(List<byte[]> ciphertexts, List<List<String>> rowKeys) {
        return cipher.rewrapAll(ciphertexts, associatedData(rowKeys));
    }

    /** The registered token of a value in clear, which is left as it is. */
    public Optional<byte[]> token(Plaintext value) {
        return tokens.map(t -> t.of(value));
    }

    /** One token for each of {@link #tokenColumns}; the value is left as it is. */
    public List<byte[]> allTokens(Plaintext value) {
        if (tokens.isEmpty()) {
            return List.of();
        }
        byte[] token = tokens.get().of(value);
        Optional<byte[]> second = tokens.get().secondOf(value);
        if (second.isEmpty()) {
            return List.of(token);
        }
        boolean secondIsOlder = registered
                .secondToken()
                .filter(s -> s.state() == RotationState.RETIRING)
                .isPresent();
        return secondIsOlder ? List.of(second.get(), token) : List.of(token, second.get());
    }

    private List<AssociatedData> associatedData(List<List<String>> rowKeys) {
        return rowKeys.stream().map(this::associatedDataOf).toList();
    }

    private AssociatedData associatedDataOf(List<String> rowKey) {
        return switch (binding) {
            case NONE -> AssociatedData.none();
            case COLUMN -> ofColumn;
            case ROW -> AssociatedData.ofRow(registered.context(), registered.encoding(), rowKey);
        };
    }

    /** The plaintext bytes of the column in a row of the given alias, as an SQL expression. */
    public Sql valueIn(Identifier row) {
        Sql value = registered.encoding().form() == Encoding.Form.RAW_1 ? RAW : TEXT;
        return value.with("row", row).with("column", plaintext());
    }

    /** The ciphertext's bytes in a row of the given alias, as an SQL expression. */
    public Sql ciphertextIn(Identifier row) {
        return Sql.of(isText() ? "pg_catalog.convert_to({row}.{column}::pg_catalog.text, 'UTF8')" : "{row}.{column}")
                .with("row", row)
                .with("column", encrypted());
    }

    /**
     * True in SQL for a row whose plaintext is not encrypted. Of a composite value {@code IS NOT NULL} asks each field;
     * {@code IS DISTINCT FROM NULL} asks the value. In place, what does not have the strict form of a ciphertext is
     * plaintext, whatever it begins with.
     */
    public Sql isDirtyIn(Identifier row) {
        return isInPlace() ? filled(PLAIN_IN_PLACE, row) : filled(DIRTY, row);
    }

    /** True in SQL for a row that holds a ciphertext; in place, for one that looks like it. */
    public Sql isEncryptedIn(Identifier row) {
        return isInPlace() ? filled(ENCRYPTED_IN_PLACE, row) : filled(ENCRYPTED, row);
    }

    /** True in SQL for a row whose ciphertext is not of the keyset primary. */
    public Sql isOfAnOlderKeyIn(Identifier row) {
        return older(isEncryptedIn(row), ciphertextIn(row));
    }

    /** As {@link #isOfAnOlderKeyIn} for the predicate of an index, which names columns without their table. */
    public Sql isOfAnOlderKey() {
        Sql ciphertext = Sql.of(isText() ? "pg_catalog.convert_to({column}::pg_catalog.text, 'UTF8')" : "{column}")
                .with("column", encrypted());
        Sql present = Sql.of(
                        isInPlace()
                                ? "({column}::pg_catalog.text OPERATOR(pg_catalog.~) {form})"
                                : "({column} IS NOT NULL)")
                .with("column", encrypted())
                .with("form", new Literal(CiphertextForm.TRANSIT_PATTERN));
        return older(present, ciphertext);
    }

    private Sql older(Sql present, Sql ciphertext) {
        byte[] prefix = cipher.primaryPrefix();
        return Sql.of("({present} AND pg_catalog.substring({ciphertext}, 1, {length}) <> {prefix}::pg_catalog.bytea)")
                .with("present", present)
                .with("ciphertext", ciphertext)
                .with("length", Sql.of(Integer.toString(prefix.length)))
                .with("prefix", Literal.ofBytes(prefix));
    }

    private Sql filled(Sql condition, Identifier row) {
        return condition
                .with("row", row)
                .with("plain", plaintext())
                .with("encrypted", encrypted())
                .with("form", new Literal(CiphertextForm.TRANSIT_PATTERN));
    }
}
