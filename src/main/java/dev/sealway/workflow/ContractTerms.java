package dev.sealway.workflow;

import java.util.Optional;

/**
 * What somebody says who has plaintext dropped.
 *
 * @param phrase confirms the drop of exactly these columns
 * @param skipRehearsal the same phrase once more, to drop without a rehearsal of the way back; empty to insist on one
 * @param offlineCopy where a copy of the key bundle is kept, in words that are no secret; empty if that was said before
 */
public record ContractTerms(String phrase, Optional<String> skipRehearsal, Optional<String> offlineCopy) {

    /** Without an override, by somebody who said where the copy is before. */
    public static ContractTerms of(String phrase) {
        return new ContractTerms(phrase, Optional.empty(), Optional.empty());
    }
}
