package dev.sealway.search;

import dev.sealway.crypto.Plaintext;
import dev.sealway.error.SealwayException;
import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What of a value counts for equality search. Each is frozen under its id: a change is a new version with an id of its own.
 *
 * <p>None depends on a locale. NFC and NFKC are the platform's; Unicode keeps them stable for every assigned character.
 * Thread-safe.
 */
public enum Normalizer {
    /** The bytes as they are. */
    EXACT_1("exact/1"),
    /** Without ASCII white space (9 to 13, and 32) at both ends. */
    TRIM_1("trim/1"),
    /** A–Z in lower case, and nothing else. */
    LOWER_ASCII_1("lower_ascii/1"),
    /** NFC, then {@link #TRIM_1}, then {@link #LOWER_ASCII_1}; the form of an address is not checked. */
    EMAIL_1("email/1"),
    /** Only the digits 0–9; what has none becomes empty. */
    DIGITS_1("digits/1"),
    /** {@code +} and 8 to 15 digits once blanks, dots, hyphens and parentheses are gone; a region is never guessed. */
    E164_1("e164/1"),
    /** NFKC, then Unicode lower case; folds look-alikes, so act on the stored value and never on the typed one. */
    NFKC_LOWER_1("nfkc_lower/1"),
    /** The last four of {@link #DIGITS_1}, fewer if there are fewer. */
    LAST4_1("last4/1"),
    /** The first three characters (code points) of {@link #EMAIL_1}. */
    PREFIX3_1("prefix3/1"),
    /** What follows the last {@code @} of {@link #EMAIL_1}. */
    DOMAIN_1("domain/1");

    private static final int FEWEST_DIGITS = 8;
    private static final int MOST_DIGITS = 15;

    private final String id;

    Normalizer(String id) {
        this.id = id;
    }

    /**
     * Finds a normaliser by its id, {@code email/1}, or by its bare name, which means the newest version.
     *
     * @throws SealwayException if there is none
     */
    public static Normalizer parse(String idOrName) {
        Normalizer newest = null;
        for (Normalizer known : values()) {
            if (known.id.equals(idOrName)) {
                return known;
            }
            if (known.bareName().equals(idOrName)) {
                newest = known;
            }
        }
        if (newest == null) {
            throw SealwayException.wrongUsage("unknown normaliser %s; choose one of %s"
                    .formatted(
                            idOrName,
                            Arrays.stream(values()).map(Normalizer::id).collect(Collectors.joining(", "))));
        }
        return newest;
    }

    /** With its version, as it goes into the token and the ledger. */
    public String id() {
        return id;
    }

    private String bareName() {
        return id.substring(0, id.indexOf('/'));
    }

    /** The token's second domain: {@code eq} for the whole value, otherwise the part that is taken. */
    public String indexName() {
        return isPartial() ? bareName() : "eq";
    }

    /** Whether only a part of the value is kept on purpose, so that a hit says little. */
    public boolean isPartial() {
        return switch (this) {
            case LAST4_1, PREFIX3_1, DOMAIN_1 -> true;
            case EXACT_1, TRIM_1, LOWER_ASCII_1, EMAIL_1, DIGITS_1, E164_1, NFKC_LOWER_1 -> false;
        };
    }

    /**
     * The normalised value; both are the caller's to close.
     *
     * @param value in UTF-8, without padding
     * @throws UnnormalizableValueException if the value has no normal form
     */
    public Plaintext normalize(Plaintext value) {
        try (Scratch scratch = new Scratch(value)) {
            apply(scratch);
            return scratch.toPlaintext();
        }
    }

    private void apply(Scratch scratch) {
        switch (this) {
            case EXACT_1 -> {}
            case TRIM_1 -> scratch.trim();
            case LOWER_ASCII_1 -> scratch.lowerAscii();
            case EMAIL_1 -> email(scratch);
            case DIGITS_1 -> digits(scratch);
            case E164_1 -> e164(scratch);
            case NFKC_LOWER_1 -> nfkcLower(scratch);
            case LAST4_1 -> digits(scratch).lastBytes(4);
            case PREFIX3_1 -> email(scratch).firstCharacters(3);
            case DOMAIN_1 -> domain(scratch);
        }
    }

    private Scratch email(Scratch scratch) {
        return scratch.text(this, text -> java.text.Normalizer.normalize(text, Form.NFC))
                .trim()
                .lowerAscii();
    }

    private static Scratch digits(Scratch scratch) {
        return scratch.without(b -> !Scratch.isDigit(b));
    }

    private void e164(Scratch scratch) {
        scratch.without(b -> " ().-".indexOf(b) >= 0);
        if (!scratch.isPlusAndDigits(FEWEST_DIGITS, MOST_DIGITS)) {
            throw new UnnormalizableValueException(
                    this, "without blanks, dots, hyphens and parentheses it must be + and 8 to 15 digits");
        }
    }

    private void nfkcLower(Scratch scratch) {
        scratch.text(this, text -> java.text.Normalizer.normalize(text, Form.NFKC)
                        .toLowerCase(Locale.ROOT))
                .lowerAscii();
    }

    private void domain(Scratch scratch) {
        if (email(scratch).afterLast('@').isEmpty()) {
            throw new UnnormalizableValueException(this, "there must be an @ with something after it");
        }
    }
}
