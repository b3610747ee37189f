package dev.sealway.backup;

/** Everything that is known of a file once it is read or written to its end. */
record SealedBackup(BackupHead head, BackupDescription description, BackupTotals totals, long bytes, String sha256) {

    BackupFacts facts() {
        return new BackupFacts(
                description,
                new BackupFacts.Keys(head.keeper(), head.keyId(), head.evidenceKeyId()),
                totals.rows(),
                bytes,
                sha256);
    }
}
