package dev.sealway.phase.rollback;

import dev.sealway.batch.WalkedTable;

/**
 * What is filled again before it is rolled back.
 *
 * @param table with the columns that are cut over and rolled back
 * @param watched the same table with every column of which something is known since verify
 */
public record RefillOrder(WalkedTable table, WalkedTable watched) {}
