package dev.sealway.backup;

import java.nio.file.Path;

/**
 * A backup that is complete and on disk.
 *
 * @param file its manifest lies beside it, under the same name with {@code .json}
 */
public record WrittenBackup(Path file, BackupFacts facts) {}
