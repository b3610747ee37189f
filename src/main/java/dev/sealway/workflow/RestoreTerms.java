package dev.sealway.workflow;

/**
 * How a backup is restored.
 *
 * @param fillEmptied whether values that rows do not have any more come back as well: they may have been deleted on purpose
 * @param dryRun whether rows are only looked at
 */
public record RestoreTerms(boolean fillEmptied, boolean dryRun) {}
