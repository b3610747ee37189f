package dev.sealway.workflow;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.crypto.Encoding;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.crypto.Plaintext;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.TypeName;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.plan.TableName;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Seals, opens and looks up single values of one column of the plan, for as long as an application lives. Values are given
 * and taken as PostgreSQL's text form of the column's type, {@code bytea} as {@code \x…}.
 *
 * <p>Guarantees: no value costs a round trip; what the ledger says of the column (its phase, where its tokens are) and the
 * key bundle are read again after a time, by one thread, and the bundle also when a ciphertext names a key that it lacks.
 * Thread-safe.
 */
public final class SealedField {

    private static final HexFormat HEX = HexFormat.of();

    private final FieldSource source;
    private final Optional<FieldNow> fixed;

    SealedField(FieldSource source) {
        this(source, Optional.empty());
    }

    private SealedField(FieldSource source, Optional<FieldNow> fixed) {
        this.source = source;
        this.fixed = fixed;
    }

    public TableName table() {
        return source.table();
    }

    /** The plaintext column. */
    public Identifier plaintext() {
        return source.column();
    }

    /**
     * The same field as it is at this moment, whatever becomes of it: for what must fit together.
     *
     * @throws SealwayException if the ledger cannot be read, and was last read more than twice the refresh time ago
     */
    public SealedField now() {
        FieldNow state = state();
        source.requireRecent(state);
        return new SealedField(source, Optional.of(state));
    }

    /** Makes whoever asks next read the ledger: after a statement met a column that is not there any more. */
    public void refresh() {
        source.expire();
    }

    /** How far the column has come; empty before expand, and after everything was rolled back. */
    public Optional<ColumnPhase> phase() {
        return state().sealed().map(c -> c.registered().phase());
    }

    /** The type of the plaintext column, also after its drop; empty where nobody knows it. */
    public Optional<TypeName> type() {
        return state().type();
    }

    /** @throws SealwayException if the column is not expanded */
    public Identifier encrypted() {
        return column().encrypted();
    }

    /**
     * The columns of the search tokens, under the newest key first; none without a blind index.
     *
     * @throws SealwayException if the column is not expanded
     */
    public List<Identifier> tokenColumns() {
        List<Identifier> newestFirst = new ArrayList<>(column().tokenColumns());
        Collections.reverse(newestFirst);
        return List.copyOf(newestFirst);
    }

    /** Whether its ciphertexts are text, as those of Transit; otherwise they are bytes. */
    public boolean isText() {
        return column().isText();
    }

    void requireExpanded() {
        column();
    }

    /**
     * Checks in every phase what is needed from expand on.
     *
     * @throws SealwayException if the column is bound to its row, and these are not as many texts as its key has columns
     */
    public void requireRowKey(String... rowKey) {
        requireRowKey(state(), rowKey.length);
    }

    /**
     * Checks in every phase what is needed from expand on.
     *
     * @throws SealwayException if the column has no blind index, and will have none
     */
    public void requireBlindIndex() {
        if (!state().rules().isSearchable()) {
            throw noBlindIndex();
        }
    }

    /** What was sealed with another number of texts opens for nobody else. */
    private void requireRowKey(FieldNow state, int given) {
        FieldRules rules = state.rules();
        if (!rules.isBoundToRow()) {
            return;
        }
        if (given == 0) {
            throw SealwayException.wrongUsage(
                    "column %s is bound to its row (bind: row), so a value is sealed with the row's key; give the text of each of its columns"
                            .formatted(name()));
        }
        if (rules.rowKeyColumns().isPresent() && rules.rowKeyColumns().getAsInt() != given) {
            throw SealwayException.wrongUsage(
                    "column %s is bound to its row (bind: row), whose key has %d columns, and not %d; give the text of each, in the order of the key"
                            .formatted(name(), rules.rowKeyColumns().getAsInt(), given));
        }
    }

    private FieldNow state() {
        return fixed.orElseGet(source::now);
    }

    private WalkedColumn column() {
        return sealed(state());
    }

    private WalkedColumn sealed(FieldNow state) {
        return state.sealed()
                .orElseThrow(() -> SealwayException.refused(
                        "column %s is not expanded; run 'sealway expand' first".formatted(name())));
    }

    private String name() {
        return "%s.%s".formatted(source.table(), source.column().name());
    }

    /**
     * @param rowKey the text of each row key column, where the column is bound to its row; ignored otherwise
     * @return for {@code <col>_encrypted}; where that is text, its UTF-8
     * @throws SealwayException if the column is not expanded, or the ledger cannot be read or the key bundle not be fetched
     *     for more than twice the refresh time
     */
    public byte[] seal(String value, String... rowKey) {
        FieldNow state = state();
        source.requireRecent(state);
        source.requireRecentKeys();
        WalkedColumn column = sealed(state);
        requireRowKey(state, rowKey.length);
        return column.seal(plaintext(column, value), List.of(rowKey)).ciphertext();
    }

    /**
     * As {@link #seal}, for a column whose ciphertexts are text.
     *
     * @throws SealwayException if they are bytes
     */
    public String sealText(String value, String... rowKey) {
        requireText();
        return new String(seal(value, rowKey), StandardCharsets.UTF_8);
    }

    /** As {@link #open}, for a column whose ciphertexts are text. */
    public String openText(String ciphertext, String... rowKey) {
        requireText();
        return open(ciphertext.getBytes(StandardCharsets.UTF_8), rowKey);
    }

    private void requireText() {
        if (!isText()) {
            throw SealwayException.wrongUsage(
                    "the ciphertexts of column %s are bytes; use seal and open".formatted(source.column()));
        }
    }

    /**
     * Opens also while neither the ledger nor the store of the keys can be reached.
     *
     * @throws dev.sealway.crypto.OpenFailedException if the ciphertext does not belong here
     */
    public String open(byte[] ciphertext, String... rowKey) {
        FieldNow state = state();
        try {
            WalkedColumn column = sealed(state);
            requireRowKey(state, rowKey.length);
            return open(column, ciphertext, rowKey);
        } catch (OpenFailedException e) {
            if (!lacksAKey(e) || !source.hasOtherKeys(state)) {
                throw e;
            }
            return open(source.now().sealed().orElseThrow(() -> e), ciphertext, rowKey);
        }
    }

    private static boolean lacksAKey(OpenFailedException e) {
        return switch (e.reason()) {
            case UNKNOWN_KEY, DISABLED_KEY -> true;
            case NOT_A_CIPHERTEXT, AUTHENTICATION_FAILED, BAD_PADDING -> false;
        };
    }

    private static String open(WalkedColumn column, byte[] ciphertext, String... rowKey) {
        try (Plaintext value = column.open(ciphertext, List.of(rowKey))) {
            return raw(column)
                    ? "\\x" + HEX.formatHex(value.revealBytes())
                    : new String(value.revealBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * @return for a look-up in the registered column of tokens, {@code <col>_search} unless they moved to another key; rows
     *     found are candidates where the token is truncated, so open and compare
     */
    public byte[] searchToken(String value) {
        WalkedColumn column = column();
        try (Plaintext plaintext = plaintext(column, value)) {
            return column.token(plaintext).orElseThrow(this::noBlindIndex);
        }
    }

    /**
     * Every token of a value with its column, under the newest key first: one, or two while tokens move to another key.
     * Who writes the value stores them all; who looks it up asks for either ({@code email_search_k2 = ? OR email_search =
     * ?}).
     */
    public List<ColumnToken> searchTokens(String value) {
        WalkedColumn column = column();
        try (Plaintext plaintext = plaintext(column, value)) {
            List<byte[]> tokens = column.allTokens(plaintext);
            if (tokens.isEmpty()) {
                throw noBlindIndex();
            }
            List<ColumnToken> newestFirst = new ArrayList<>();
            for (int i = tokens.size() - 1; i >= 0; i--) {
                newestFirst.add(new ColumnToken(column.tokenColumns().get(i).name(), tokens.get(i)));
            }
            return newestFirst;
        }
    }

    private SealwayException noBlindIndex() {
        return SealwayException.wrongUsage(
                "column %s has no blind index; give it a search entry in the plan".formatted(source.column()));
    }

    private Plaintext plaintext(WalkedColumn column, String value) {
        return Plaintext.owning(raw(column) ? bytes(value) : text(value));
    }

    /** What the parser would say of the value quotes it. */
    private byte[] bytes(String value) {
        try {
            if (value.startsWith("\\x")) {
                return HEX.parseHex(value, 2, value.length());
            }
        } catch (IllegalArgumentException ignored) {
            // told below, without the value
        }
        throw SealwayException.wrongUsage(
                "a value for column %s does not have the form of a bytea; give \\x and two hexadecimal digits per byte"
                        .formatted(source.column()));
    }

    /** {@code String.getBytes} would seal a question mark for half a surrogate pair, and nobody would know. */
    private byte[] text(String value) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            byte[] bytes = new byte[utf8.remaining()];
            utf8.get(bytes);
            Arrays.fill(utf8.array(), (byte) 0);
            if (value.indexOf('\0') < 0) {
                return bytes;
            }
        } catch (CharacterCodingException ignored) {
            // told below, without the value
        }
        throw SealwayException.wrongUsage(
                "a value for column %s is no text that PostgreSQL can hold; leave out half surrogate pairs and NUL"
                        .formatted(source.column()));
    }

    private static boolean raw(WalkedColumn column) {
        return column.registered().encoding().form() == Encoding.Form.RAW_1;
    }
}
