package dev.sealway.vault;

/** What was found under a path of the key-value engine. */
public sealed interface KvReading permits KvSecret, KvReading.Missing, KvReading.Deleted {

    /** Nothing was ever written there, or the engine is mounted elsewhere. */
    record Missing() implements KvReading {}

    /**
     * The newest version was deleted.
     *
     * @param destroyed whether it is gone for good; otherwise {@code vault kv undelete} brings it back
     */
    record Deleted(long version, boolean destroyed) implements KvReading {}
}
