package dev.sealway.discover;

import dev.sealway.search.Normalizer;
import java.util.Optional;

/**
 * What a column looks like.
 *
 * @param confidence in percent, 1 to 99
 * @param reason shares and names; no value
 * @param normalizer what a look-up by such a value needs; empty if nobody looks one up
 */
public record Finding(Kind kind, int confidence, String reason, Optional<Normalizer> normalizer) {

    public Finding {
        if (confidence < 1 || confidence > 99) {
            throw new IllegalArgumentException("nothing is %d %% certain".formatted(confidence));
        }
    }
}
