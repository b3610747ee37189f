package dev.sealway.phase.rehearse;

/**
 * A rehearsal of one table.
 *
 * @param fingerprint of the table's definition when it was rehearsed
 */
public record Rehearsed(RehearsalReport.Table table, String fingerprint) {}
