package dev.sealway.ledger;

/**
 * The right to work on a table, for as long as it is renewed.
 *
 * @param table by its oid
 * @param name for messages
 * @param fence tells this holder from every one before and after
 */
public record Lease(long table, String name, long fence) {}
