package dev.sealway.keys;

import dev.sealway.crypto.KeyBundle;
import java.nio.file.Path;

/** A changed key bundle that is not stored yet. Closing it zeroes its material. Not thread-safe. */
public interface EditedBundle extends AutoCloseable {

    KeyBundle bundle();

    /**
     * Puts it in the place of the bundle it was made from.
     *
     * @throws dev.sealway.error.SealwayException if somebody replaced that bundle meanwhile; nothing is overwritten then
     */
    void replace();

    /**
     * Into a new file that only its owner can read.
     *
     * @throws dev.sealway.error.SealwayException if the file exists
     */
    void writeTo(Path file);

    @Override
    void close();
}
