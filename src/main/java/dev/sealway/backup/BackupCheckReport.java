package dev.sealway.backup;

/**
 * A backup that was read to its end and found whole.
 *
 * @param manifest whether its manifest lies beside it; one that does agrees with it
 * @param recorded whether the ledger of this database knows it
 */
public record BackupCheckReport(BackupReport.Table backup, boolean manifest, boolean recorded) {}
