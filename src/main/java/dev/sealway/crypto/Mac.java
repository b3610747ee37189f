package dev.sealway.crypto;

/**
 * A keyed authentication tag: who has not the keyset can neither make one nor alter what it stands for. Implementations
 * are thread-safe.
 */
public interface Mac {

    /** Made by the keyset primary. */
    byte[] tag(byte[] message);

    /** Whether {@code tag} was made for {@code message} by any key of the keyset. */
    boolean accepts(byte[] tag, byte[] message);
}
