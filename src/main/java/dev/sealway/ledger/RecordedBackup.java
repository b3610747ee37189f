package dev.sealway.ledger;

import dev.sealway.plan.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An encrypted export that is complete.
 *
 * @param id a UUID, which stands in the file too
 * @param table as it was called when the backup was taken
 * @param columns by name, likewise
 * @param takenAt when its snapshot began
 * @param checkedAt when the file was last read to its end and found whole
 */
public record RecordedBackup(
        String id,
        String plan,
        TableName table,
        List<String> columns,
        long rows,
        StoredFile file,
        Keys keys,
        Instant takenAt,
        Optional<Instant> checkedAt) {

    /**
     * How the file is known again.
     *
     * @param name without a directory
     * @param sha256 in lower-case hex
     */
    public record StoredFile(String name, long bytes, String sha256) {}

    /**
     * The keys without which it is lost.
     *
     * @param keeper a keyset of the key bundle, or the id of the key that wraps the file's own keyset
     * @param keyId the key that sealed it
     * @param evidenceKeyId the key that made its evidence; empty where there was no key bundle
     */
    public record Keys(String keeper, long keyId, OptionalLong evidenceKeyId) {}

    public RecordedBackup {
        columns = List.copyOf(columns);
    }
}
