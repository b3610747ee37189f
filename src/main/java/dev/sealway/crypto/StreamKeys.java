package dev.sealway.crypto;

import java.util.Optional;

/** Chooses what seals a new stream, and finds what opens an old one. Implementations are thread-safe. */
public interface StreamKeys {

    /**
     * @param stream names the stream; a keyset of its own is bound to that name
     * @throws dev.sealway.error.SealwayException if no key can be had
     */
    StreamKey begin(String stream);

    /**
     * @param keeper as {@link StreamKey#keeper} had it
     * @param wrapped as {@link StreamKey#wrapped} had it
     * @throws dev.sealway.error.SealwayException if the keeper is not at hand, or the keyset is not one that it wrapped for
     *     this stream
     */
    StreamCipher find(String stream, String keeper, Optional<byte[]> wrapped);
}
