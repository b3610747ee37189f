package dev.sealway.crypto;

/** One change of a keyset in a key bundle; the other keysets and keys stay as they are. */
public sealed interface KeyEdit {

    /** The keyset that is changed. */
    String keyset();

    /** A fresh key of the primary's kind, which opens and does not seal yet. */
    record Add(String keyset) implements KeyEdit {}

    /** Does {@code kind} to a key that is there. */
    record Change(String keyset, long keyId, Kind kind) implements KeyEdit {}

    /** What can be done to a key that is there. */
    enum Kind {
        /** Makes an enabled key the one that seals. */
        PROMOTE,
        /** Keeps it in the bundle, where it opens nothing any more. */
        DISABLE,
        /** Lets a disabled key open again. */
        ENABLE,
        /** Removes a disabled key for ever. */
        DESTROY
    }
}
