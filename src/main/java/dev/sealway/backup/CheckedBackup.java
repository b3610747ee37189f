package dev.sealway.backup;

/**
 * A backup that was read to its end and is whole.
 *
 * @param manifest whether its manifest lies beside it; one that does agrees with it
 */
public record CheckedBackup(BackupFacts facts, boolean manifest) {}
