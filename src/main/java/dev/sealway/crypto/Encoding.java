package dev.sealway.crypto;

import java.util.Arrays;

/**
 * How a SQL value becomes plaintext bytes; its {@link #id} is bound into every ciphertext.
 *
 * <p>{@code pgtext/1} is the UTF-8 of PostgreSQL's own text form under pinned settings; {@code raw/1} the bytes of a
 * {@code bytea}. A suffix {@code ;pad=N} says that ISO/IEC 7816-4 padding (0x80, then 0x00) fills the bytes up to a
 * multiple of N inside the encryption, so that a ciphertext's length tells less.
 *
 * @param form {@code pgtext/1} or {@code raw/1}
 * @param pad the multiple of bytes, or 0 for none
 */
public record Encoding(Form form, int pad) {

    /** The two forms of plaintext bytes. */
    public enum Form {
        PGTEXT_1("pgtext/1"),
        RAW_1("raw/1");

        private final String id;

        Form(String id) {
            this.id = id;
        }
    }

    private static final String PAD = ";pad=";

    public Encoding {
        if (pad < 0 || pad > 1 << 20) {
            throw new IllegalArgumentException("padding to a multiple of %d bytes is out of range".formatted(pad));
        }
    }

    /** @throws IllegalArgumentException if {@code id} is none that {@link #id} makes */
    public static Encoding parse(String id) {
        int at = id.indexOf(PAD);
        String form = at < 0 ? id : id.substring(0, at);
        int pad = at < 0 ? 0 : Integer.parseInt(id.substring(at + PAD.length()));
        for (Form known : Form.values()) {
            if (known.id.equals(form)) {
                return new Encoding(known, pad);
            }
        }
        throw new IllegalArgumentException("unknown encoding %s".formatted(id));
    }

    public String id() {
        return pad == 0 ? form.id : form.id + PAD + pad;
    }

    /** Pads {@code value}; without padding it is returned as it is, otherwise it is zeroed and a new one returned. */
    public Plaintext pad(Plaintext value) {
        if (pad == 0) {
            return value;
        }
        int length = (value.length() / pad + 1) * pad;
        byte[] padded = Arrays.copyOf(value.revealBytes(), length);
        padded[value.length()] = (byte) 0x80;
        value.close();
        return Plaintext.owning(padded);
    }

    /**
     * Takes the padding off; the padded value is zeroed.
     *
     * @throws OpenFailedException if there is none although the encoding says so
     */
    public Plaintext unpad(Plaintext padded) {
        if (pad == 0) {
            return padded;
        }
        try (padded) {
            byte[] bytes = padded.revealBytes();
            int end = bytes.length - 1;
            while (end >= 0 && bytes[end] == 0) {
                end--;
            }
            if (end < 0 || bytes[end] != (byte) 0x80 || bytes.length % pad != 0) {
                throw OpenFailedException.badPadding();
            }
            return Plaintext.owning(Arrays.copyOf(bytes, end));
        }
    }
}
