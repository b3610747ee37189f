package dev.sealway.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Seals and opens streams of any length under one keyset, in constant memory.
 *
 * <p>Guarantees: every byte that {@link #opening} gives out was sealed by a holder of the keyset under the same associated
 * data, in this order; and a stream that was read to its end without an exception is whole. Does not guarantee: that what
 * came out before the end is all there is. Whoever acts on a stream reads it to its end once before. Implementations are
 * thread-safe; the streams are not.
 */
public interface StreamCipher {

    /** The keyset; its primary key seals. */
    KeysetInfo info();

    /**
     * What is written to the result is sealed into {@code to}. Only closing it makes the stream whole; that closes
     * {@code to} as well.
     */
    OutputStream sealing(OutputStream to, byte[] associatedData) throws IOException;

    /**
     * What is read from the result was sealed in {@code from}. Reading fails where the stream is not one of ours, was
     * altered or cut, or belongs elsewhere.
     */
    InputStream opening(InputStream from, byte[] associatedData) throws IOException;
}
