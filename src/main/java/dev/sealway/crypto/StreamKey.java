package dev.sealway.crypto;

import java.util.Optional;

/**
 * What seals one stream, and what its reader has to be told in clear to find it again.
 *
 * @param keeper who has the key: a keyset of the key bundle, or the id of a {@link KeyEncryptionKey}
 * @param wrapped the stream's own keyset as that key encrypted it; empty if the keyset is the bundle's
 */
public record StreamKey(StreamCipher cipher, String keeper, Optional<byte[]> wrapped) {}
