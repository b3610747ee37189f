package dev.sealway.keys;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyEdit;
import java.util.List;

/** A key bundle as it was fetched, from which another can be made. Closing it zeroes its material. Not thread-safe. */
public interface HeldBundle extends AutoCloseable {

    KeyBundle bundle();

    /**
     * The same bundle with {@code edits} done; nothing is stored yet.
     *
     * @throws dev.sealway.error.SealwayException if an edit cannot be done
     */
    EditedBundle edit(List<KeyEdit> edits);

    @Override
    void close();
}
