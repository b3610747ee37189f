package dev.sealway.vault;

import java.util.Locale;

/** What became of one value of a batch. */
public sealed interface TransitResult {

    /** Why a value came out otherwise than hoped; as far as Vault tells. */
    enum Reason {
        /** It does not have the form of a ciphertext. */
        NOT_A_CIPHERTEXT,
        /** Its version is newer than the key's newest, or older than the oldest that may decrypt. */
        UNKNOWN_VERSION,
        /** Another key made it, or it was altered, or it is bound to another place. */
        NOT_AUTHENTIC,
        /** Vault does not take values of that length. */
        TOO_LONG,
        /** Anything else. */
        OTHER;

        /** @param error Vault's words for it, which differ between its versions; not kept */
        static Reason of(String error) {
            String words = error.toLowerCase(Locale.ROOT);
            if (words.contains("authentication failed") || words.contains("unable to decrypt")) {
                return NOT_AUTHENTIC;
            }
            if (words.contains("too new") || words.contains("too old")) {
                return UNKNOWN_VERSION;
            }
            return words.contains("ciphertext") || words.contains("base64") ? NOT_A_CIPHERTEXT : OTHER;
        }
    }

    /** A value in clear, or a ciphertext as ASCII. Never printed. */
    final class Done implements TransitResult {

        private final byte[] bytes;

        Done(byte[] bytes) {
            this.bytes = bytes;
        }

        public byte[] revealBytes() {
            return bytes;
        }

        @Override
        public String toString() {
            return "Done[%d bytes]".formatted(bytes.length);
        }
    }

    record Failed(Reason reason) implements TransitResult {}
}
