package dev.sealway.vault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;

/** A token of Vault's and how long it is good for. Never printed. */
final class Token {

    private final byte[] bytes;
    private final Duration life;
    private final boolean renewable;

    private Token(byte[] bytes, Duration life, boolean renewable) {
        this.bytes = bytes;
        this.life = life;
        this.renewable = renewable;
    }

    /** @param life zero if it does not end, or nobody knows when */
    static Token of(String text, Duration life, boolean renewable) {
        return new Token(text.getBytes(StandardCharsets.US_ASCII), life, renewable);
    }

    Token with(Duration newLife, boolean stillRenewable) {
        return new Token(bytes, newLife, stillRenewable);
    }

    String revealText() {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    Duration life() {
        return life;
    }

    boolean isRenewable() {
        return renewable;
    }

    boolean isSameAs(Token other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return "Token[redacted]";
    }
}
