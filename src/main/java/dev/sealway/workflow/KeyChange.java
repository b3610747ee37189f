package dev.sealway.workflow;

import java.util.List;

/**
 * What was done with keys, or would be.
 *
 * @param event what was done, as the ledger has it: {@code added}
 * @param bundle the bundle's id
 * @param fingerprint of the bundle that it led to; empty in a dry run
 * @param place where that bundle is now
 * @param next what has to follow
 */
public record KeyChange(
        boolean dryRun,
        String event,
        List<KeyName> keys,
        String bundle,
        String fingerprint,
        String place,
        List<String> next) {

    public KeyChange {
        keys = List.copyOf(keys);
        next = List.copyOf(next);
    }
}
