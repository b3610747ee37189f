package dev.sealway.vault;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** One value of a batch, in clear or as a ciphertext, and what it is bound to. Never printed. */
public final class TransitItem {

    /** Names, quotes, colons and the reference around the two texts. */
    private static final int FRAME = 96;

    private final String member;
    private final byte[] value;
    private final boolean encoded;
    private final byte[] associatedData;

    private TransitItem(String member, byte[] value, boolean encoded, byte[] associatedData) {
        this.member = member;
        this.value = value;
        this.encoded = encoded;
        this.associatedData = associatedData;
    }

    /** @param associatedData empty if the value is bound to nothing */
    public static TransitItem plaintext(byte[] value, byte[] associatedData) {
        return new TransitItem("plaintext", value, true, associatedData);
    }

    /** @param text as Vault gave it, ASCII */
    public static TransitItem ciphertext(byte[] text, byte[] associatedData) {
        return new TransitItem("ciphertext", text, false, associatedData);
    }

    /** How many bytes of a request it takes, or a few less. */
    long size() {
        return FRAME + (encoded ? base64Length(value) : value.length) + base64Length(associatedData);
    }

    private static long base64Length(byte[] bytes) {
        return (bytes.length + 2L) / 3 * 4;
    }

    /** @param ordinal comes back with the result, which proves whose it is */
    Map<String, String> json(int ordinal) {
        Map<String, String> item = new LinkedHashMap<>();
        item.put(
                member,
                encoded ? Base64.getEncoder().encodeToString(value) : new String(value, StandardCharsets.US_ASCII));
        if (associatedData.length > 0) {
            item.put("associated_data", Base64.getEncoder().encodeToString(associatedData));
        }
        item.put("reference", Integer.toString(ordinal));
        return item;
    }

    @Override
    public String toString() {
        return "TransitItem[%s, %d bytes]".formatted(member, value.length);
    }
}
