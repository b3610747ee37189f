package dev.sealway.batch;

/**
 * Is called between the stages of a walk, on the thread that writes: the place for a test to interfere, and later for a
 * throttle. Thread-safe where a walk has several workers.
 */
public interface WalkListener {

    WalkListener NONE = new WalkListener() {};

    /** A batch is sealed and not yet written. */
    default void sealed(int rows) {}

    /** A batch and its checkpoint are committed. */
    default void committed(int rows) {}
}
