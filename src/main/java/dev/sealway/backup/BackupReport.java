package dev.sealway.backup;

import dev.sealway.plan.TableName;
import java.nio.file.Path;
import java.util.List;

/**
 * What was exported.
 *
 * @param directory where the files are
 */
public record BackupReport(String directory, List<Table> tables) {

    public BackupReport {
        tables = List.copyOf(tables);
    }

    /**
     * One file, which was read back to its end.
     *
     * @param id stands in the file and in the ledger
     * @param file its name; the manifest's is the same with {@code .json}
     * @param takenAt when the snapshot began
     * @param sha256 of the file
     * @param keeper who has its key
     * @param keyId the key that sealed it
     */
    public record Table(
            TableName name,
            List<String> columns,
            long rows,
            String id,
            String file,
            String takenAt,
            long bytes,
            String sha256,
            String keeper,
            long keyId) {

        public Table {
            columns = List.copyOf(columns);
        }

        /** @param file may have a directory, which is left out */
        public static Table of(Path file, BackupFacts facts) {
            BackupDescription backup = facts.description();
            return new Table(
                    backup.table(),
                    backup.columns().stream().map(BackupColumn::name).toList(),
                    facts.rows(),
                    backup.id(),
                    String.valueOf(file.getFileName()),
                    backup.takenAt().toString(),
                    facts.bytes(),
                    facts.sha256(),
                    facts.keys().keeper(),
                    facts.keys().keyId());
        }
    }
}
