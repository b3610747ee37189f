package dev.sealway.catalog.check;

/**
 * How many characters a ciphertext of Transit has: {@code vault:v1:} and base64 of a nonce (12 bytes), the value and a tag
 * (16).
 */
final class TransitLength {

    private static final int FRAME = "vault:v1:".length();
    private static final int NONCE_AND_TAG = 28;

    /** A key that is rotated every day has a version of four digits after three years. */
    private static final int MORE_DIGITS = 3;

    private TransitLength() {}

    /** Under a key's first nine versions. */
    static int of(int bytes) {
        return FRAME + 4 * ((NONCE_AND_TAG + bytes + 2) / 3);
    }

    /** Under versions of up to four digits. */
    static int withRoom(int bytes) {
        return of(bytes) + MORE_DIGITS;
    }

    /** The longest value whose ciphertext fits into {@code characters} under versions of up to four digits; −1 for none. */
    static int fitting(int characters) {
        int bytes = 3 * ((characters - FRAME - MORE_DIGITS) / 4) - NONCE_AND_TAG;
        return characters <= FRAME + MORE_DIGITS || bytes < 0 ? -1 : bytes;
    }
}
