package dev.sealway.workflow;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a person states before a key is destroyed for ever.
 *
 * @param minAge how long the key must have been disabled
 * @param backupsFrom no backup of the database from before that day (UTC) is kept any more; empty if nothing was said
 * @param confirmation the phrase that the refusal names
 */
public record DestroyTerms(Duration minAge, Optional<LocalDate> backupsFrom, String confirmation) {

    /** The words that confirm it: good for this key alone. */
    public static String phrase(KeyName key, String bundleId) {
        return "destroy key %s of %s in bundle %s".formatted(key.keyId(), key.keyset(), bundleId);
    }

    boolean isConfirmed(KeyName key, String bundleId) {
        return confirmation.strip().equals(phrase(key, bundleId));
    }
}
