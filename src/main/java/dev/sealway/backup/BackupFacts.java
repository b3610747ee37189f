package dev.sealway.backup;

import java.util.OptionalLong;

/**
 * What may be told of a backup.
 *
 * @param bytes of the file
 * @param sha256 of the file, in lower-case hex
 */
public record BackupFacts(BackupDescription description, Keys keys, long rows, long bytes, String sha256) {

    /**
     * The keys without which it is lost.
     *
     * @param keeper who has the stream's key
     * @param keyId the key that sealed the stream
     * @param evidenceKeyId the key that made its evidence; empty where there was no key bundle
     */
    public record Keys(String keeper, long keyId, OptionalLong evidenceKeyId) {}
}
