package dev.sealway.keys;

import dev.sealway.error.SealwayException;

/** The place of a key bundle did not answer or denied access; the bundle may well exist. */
public final class KeyUnavailableException extends SealwayException {

    private static final long serialVersionUID = 1L;

    /**
     * @param place the provider and what it looked up
     * @param problem what went wrong, in words that quote nothing of an answer
     * @param cure what the reader should do
     */
    public KeyUnavailableException(String place, String problem, String cure) {
        super(Outcome.FAILED, "cannot read the key bundle in %s: %s; %s".formatted(place, problem, cure));
    }
}
