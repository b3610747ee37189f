package dev.sealway.testing.vault;

/** A secrets engine, mounted somewhere. */
interface FakeEngine {

    /** @param path behind the mount */
    Answer answer(Call call, String path);

    /** Whether writing to {@code path} is an update rather than a creation. */
    boolean exists(String path);
}
