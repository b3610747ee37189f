package dev.sealway.phase.rollback;

import dev.sealway.redefine.Redefinition;
import java.util.List;

/**
 * What a drop took away and the way back gives back.
 *
 * @param redefinition whose indexes stand already
 * @param runs that dropped it
 */
public record Restoring(Redefinition redefinition, List<Long> runs) {

    public Restoring {
        runs = List.copyOf(runs);
    }
}
