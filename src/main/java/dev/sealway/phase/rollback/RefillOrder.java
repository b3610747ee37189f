package dev.sealway.phase.rollback;

import dev.sealway.batch.WalkedTable;
import java.util.Optional;

/**
 * What is filled again before it is rolled back.
 *
 * @param table with the columns that are cut over, or come back after a drop, and are rolled back
 * @param watched the same table with every column of which something is known since verify
 * @param restoring what went with the plaintext; empty if nothing was dropped
 */
public record RefillOrder(WalkedTable table, WalkedTable watched, Optional<Restoring> restoring) {

    /** Of columns that have their plaintext still. */
    public RefillOrder(WalkedTable table, WalkedTable watched) {
        this(table, watched, Optional.empty());
    }
}
