package dev.sealway.workflow;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.crypto.Encoding;
import dev.sealway.crypto.Plaintext;
import dev.sealway.error.SealwayException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Seals, opens and looks up single values of one registered column. Values are given and taken as PostgreSQL's text form
 * of the column's type, {@code bytea} as {@code \x…}. Thread-safe.
 */
public final class SealedField {

    private static final HexFormat HEX = HexFormat.of();

    private final WalkedColumn column;

    SealedField(WalkedColumn column) {
        this.column = column;
    }

    /**
     * @param rowKey the text of each row key column, where the column is bound to its row; ignored otherwise
     * @return for {@code <col>_encrypted}; where that is text, its UTF-8
     */
    public byte[] seal(String value, String... rowKey) {
        return column.seal(plaintext(value), List.of(rowKey)).ciphertext();
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
        if (!column.isText()) {
            throw SealwayException.wrongUsage(
                    "the ciphertexts of column %s are bytes; use seal and open".formatted(column.plaintext()));
        }
    }

    /** @throws dev.sealway.crypto.OpenFailedException if the ciphertext does not belong here */
    public String open(byte[] ciphertext, String... rowKey) {
        try (Plaintext value = column.open(ciphertext, List.of(rowKey))) {
            return raw()
                    ? "\\x" + HEX.formatHex(value.revealBytes())
                    : new String(value.revealBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * @return for a look-up in the registered column of tokens, {@code <col>_search} unless they moved to another key; rows
     *     found are candidates where the token is truncated, so open and compare
     */
    public byte[] searchToken(String value) {
        try (Plaintext plaintext = plaintext(value)) {
            return column.token(plaintext).orElseThrow(this::noBlindIndex);
        }
    }

    /**
     * Every token of a value with its column, under the newest key first: one, or two while tokens move to another key.
     * Who writes the value stores them all; who looks it up asks for either ({@code email_search_k2 = ? OR email_search =
     * ?}). What is told is as of when this field was asked for.
     */
    public List<ColumnToken> searchTokens(String value) {
        try (Plaintext plaintext = plaintext(value)) {
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
                "column %s has no blind index; give it a search entry in the plan".formatted(column.plaintext()));
    }

    private Plaintext plaintext(String value) {
        return Plaintext.owning(raw() ? bytes(value) : text(value));
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
                        .formatted(column.plaintext()));
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
                        .formatted(column.plaintext()));
    }

    private boolean raw() {
        return column.registered().encoding().form() == Encoding.Form.RAW_1;
    }
}
