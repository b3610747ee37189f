package dev.sealway.batch;

import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.Encoding;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.crypto.Plaintext;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.plan.Binding;
import java.util.List;
import java.util.Optional;

/** A registered column with everything that is needed to seal and open its values. Thread-safe. */
public final class WalkedColumn {

    private static final Sql TEXT = Sql.of("pg_catalog.convert_to({row}.{column}::pg_catalog.text, 'UTF8')");
    private static final Sql RAW = Sql.of("{row}.{column}::pg_catalog.bytea");

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

    /**
     * The value of a row and its token.
     *
     * @param token empty where the column has no blind index
     */
    public record Sealed(byte[] ciphertext, Optional<byte[]> token) {}

    /**
     * Seals a value; it is zeroed, whatever happens.
     *
     * @throws dev.sealway.search.UnnormalizableValueException if the normaliser cannot take the value
     */
    public Sealed seal(Plaintext value, List<String> rowKey) {
        try (value) {
            Optional<byte[]> token = token(value);
            try (Plaintext padded = padded(value)) {
                return new Sealed(cipher.seal(padded, associatedData(rowKey)), token);
            }
        }
    }

    private Plaintext padded(Plaintext value) {
        return registered.encoding().pad(value);
    }

    /** @throws OpenFailedException if the ciphertext does not belong here */
    public Plaintext open(byte[] ciphertext, List<String> rowKey) {
        return registered.encoding().unpad(cipher.open(ciphertext, associatedData(rowKey)));
    }

    /** The token of a value in clear, which is left as it is. */
    public Optional<byte[]> token(Plaintext value) {
        return tokens.map(t -> t.of(value));
    }

    private AssociatedData associatedData(List<String> rowKey) {
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

    /**
     * True in SQL for a row whose plaintext is not encrypted. Of a composite value {@code IS NOT NULL} asks each field;
     * {@code IS DISTINCT FROM NULL} asks the value.
     */
    public Sql isDirtyIn(Identifier row) {
        return Sql.of("({row}.{plain} IS DISTINCT FROM NULL AND {row}.{encrypted} IS NULL)")
                .with("row", row)
                .with("plain", plaintext())
                .with("encrypted", encrypted());
    }
}
