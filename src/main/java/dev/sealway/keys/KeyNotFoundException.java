package dev.sealway.keys;

import dev.sealway.error.SealwayException;

/** There is no key bundle where the plan says it lives. */
public final class KeyNotFoundException extends SealwayException {

    private static final long serialVersionUID = 1L;

    /**
     * @param place the provider and what it looked up, {@code environment variable SEALWAY_KEYS}
     * @param cure what the reader should do
     */
    public KeyNotFoundException(String place, String cure) {
        super(Outcome.FAILED, "no key bundle in %s; one is never made silently: %s".formatted(place, cure));
    }
}
