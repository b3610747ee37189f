package dev.sealway.search;

import dev.sealway.crypto.Plaintext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A value in clear while it is being normalised: UTF-8 bytes that each step changes in place. Closing it zeroes them.
 *
 * <p>Only what is not ASCII goes through a {@link String}, which nothing can zero.
 */
final class Scratch implements AutoCloseable {

    private byte[] bytes;
    private int from;
    private int to;

    Scratch(Plaintext value) {
        bytes = value.revealBytes().clone();
        to = bytes.length;
    }

    /** Takes away blank, tab, line feed, vertical tab, form feed and carriage return at both ends. */
    Scratch trim() {
        while (from < to && isAsciiSpace(bytes[from])) {
            from++;
        }
        while (from < to && isAsciiSpace(bytes[to - 1])) {
            to--;
        }
        return this;
    }

    private static boolean isAsciiSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    Scratch lowerAscii() {
        for (int i = from; i < to; i++) {
            if (bytes[i] >= 'A' && bytes[i] <= 'Z') {
                bytes[i] += 'a' - 'A';
            }
        }
        return this;
    }

    /** Takes away every byte that {@code unwanted} holds; ASCII bytes never occur within other UTF-8 characters. */
    Scratch without(AsciiSet unwanted) {
        int end = from;
        for (int i = from; i < to; i++) {
            if (!unwanted.contains(bytes[i])) {
                bytes[end++] = bytes[i];
            }
        }
        to = end;
        return this;
    }

    /** A set of bytes. */
    interface AsciiSet {
        boolean contains(byte b);
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Applies {@code step} to the text unless it is ASCII. */
    Scratch text(Normalizer normalizer, UnaryOperator<String> step) {
        if (isAscii()) {
            return this;
        }
        byte[] changed = step.apply(decode(normalizer)).getBytes(StandardCharsets.UTF_8);
        close();
        bytes = changed;
        from = 0;
        to = changed.length;
        return this;
    }

    private boolean isAscii() {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private String decode(Normalizer normalizer) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnnormalizableValueException(normalizer, "the value is not UTF-8");
        }
    }

    Scratch lastBytes(int count) {
        from = Math.max(from, to - count);
        return this;
    }

    Scratch firstCharacters(int count) {
        int end = from;
        int left = count;
        while (end < to && (left > 0 || isContinuation(bytes[end]))) {
            if (!isContinuation(bytes[end])) {
                left--;
            }
            end++;
        }
        to = end;
        return this;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }

    /** Takes away everything up to the last {@code separator}; nothing is left where there is none. */
    Scratch afterLast(char separator) {
        int at = to - 1;
        while (at >= from && bytes[at] != separator) {
            at--;
        }
        from = at < from ? to : at + 1;
        return this;
    }

    boolean isEmpty() {
        return from == to;
    }

    /** Whether it is a plus sign followed by digits, at least {@code min} and at most {@code max}. */
    boolean isPlusAndDigits(int min, int max) {
        int digits = to - from - 1;
        if (digits < min || digits > max || bytes[from] != '+') {
            return false;
        }
        for (int i = from + 1; i < to; i++) {
            if (!isDigit(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    /** The bytes themselves, not a copy. */
    byte[] revealBytes() {
        return bytes;
    }

    Plaintext toPlaintext() {
        return Plaintext.owning(Arrays.copyOfRange(bytes, from, to));
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }
}
