package dev.sealway.vault;

import io.github.jopenlibs.vault.api.WriteOptions;
import io.github.jopenlibs.vault.response.LogicalResponse;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Secrets in Vault's key-value engine, version 2.
 *
 * <p>Guarantees: a denial is never taken for an empty secret; a write happens only over the version that was named.
 * Thread-safe.
 */
public final class VaultKv {

    private static final String OTHER_VERSION = "did not match the current version";

    private final VaultConnection vault;

    VaultKv(VaultConnection vault) {
        this.vault = vault;
    }

    /**
     * The newest version.
     *
     * @throws VaultRefusedException if access is denied
     * @throws VaultUnavailableException if Vault does not answer
     */
    public KvReading read(String mount, String path) {
        String doing = "reading %s/%s".formatted(VaultPath.of("mount", mount), VaultPath.of("path", path));
        return vault.patiently(() -> reading(
                doing,
                Driver.call(doing, vault.place(), mount, ask -> passed(doing, ask, 404), driver -> driver.logical()
                        .read("%s/%s".formatted(mount, path)))));
    }

    /**
     * Writes a secret where there never was one.
     *
     * @return its version; empty if there is, or was, one: then nothing was written
     */
    public OptionalLong create(String mount, String path, String field, String text) {
        return write(mount, path, Map.of(field, text), 0);
    }

    /**
     * Writes one field anew; the others stay as they were read.
     *
     * @return the new version; empty if by now another version is there than {@code read}: then nothing was written
     */
    public OptionalLong replace(String mount, String path, KvSecret read, String field, String text) {
        return write(mount, path, read.with(field, text), read.version());
    }

    /** Once: whether a write that got no answer happened is for a person to look at. */
    private OptionalLong write(String mount, String path, Map<String, Object> fields, long version) {
        String doing = "writing %s/%s".formatted(VaultPath.of("mount", mount), VaultPath.of("path", path));
        LogicalResponse answer =
                Driver.call(doing, vault.place(), mount, ask -> passed(doing, ask, 400), driver -> driver.logical()
                        .write(
                                "%s/%s".formatted(mount, path),
                                fields,
                                null,
                                new WriteOptions().checkAndSet(version).build()));
        return answer.getRestResponse().getStatus() == 400 ? OptionalLong.empty() : OptionalLong.of(version + 1);
    }

    /** The driver throws nothing for statuses of 4xx, and whole bodies for those of 5xx: it gets to see neither. */
    private Reply passed(String doing, Ask ask, int expected) {
        Reply reply = vault.exchange(doing, ask);
        boolean useful = expected == 400 ? reply.mentions(OTHER_VERSION) : true;
        if (reply.isDone() || (reply.status() == expected && useful)) {
            return reply;
        }
        throw vault.failure(doing, reply);
    }

    private KvReading reading(String doing, LogicalResponse answer) {
        Long version = answer.getDataMetadata().getVersion();
        boolean found = answer.getRestResponse().getStatus() == 200;
        if (found && version != null && answer.getDataObject() != null) {
            return new KvSecret(answer.getDataObject(), version);
        }
        if (found) {
            throw new VaultRefusedException(
                    doing,
                    "%s gave an answer that is not of the key-value engine, version 2".formatted(vault.place()),
                    "check the mount: 'vault secrets list -detailed' shows its type and version");
        }
        if (version == null) {
            return new KvReading.Missing();
        }
        return new KvReading.Deleted(
                version, "true".equals(answer.getDataMetadata().getMetadataMap().get("destroyed")));
    }
}
