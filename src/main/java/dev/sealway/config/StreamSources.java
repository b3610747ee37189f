package dev.sealway.config;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyEncryptionKey;
import dev.sealway.crypto.StreamCipher;
import dev.sealway.crypto.StreamKey;
import dev.sealway.crypto.StreamKeys;
import dev.sealway.crypto.tink.WrappedStreams;
import dev.sealway.error.SealwayException;
import dev.sealway.plan.Plan;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The key bundle's keyset for backups; of a plan without a key bundle, a keyset for each stream under a key encryption key.
 */
final class StreamSources implements StreamKeys {

    private final Plan plan;
    private final Supplier<KeyBundle> keys;
    private final Supplier<KeyEncryptionKey> kek;

    StreamSources(Plan plan, Supplier<KeyBundle> keys, Supplier<KeyEncryptionKey> kek) {
        this.plan = plan;
        this.keys = keys;
        this.kek = kek;
    }

    /** For a plan that has nothing which could wrap a keyset. */
    static Supplier<KeyEncryptionKey> noKek(Plan plan) {
        return () -> {
            throw SealwayException.refused(
                    "plan %s names neither a key bundle nor a key that could wrap one, and a backup needs either: say 'keys' in the plan"
                            .formatted(plan.name()));
        };
    }

    @Override
    public StreamKey begin(String stream) {
        if (plan.keys().isEmpty()) {
            return new WrappedStreams(kek.get()).begin(stream);
        }
        return new StreamKey(bundled(), KeyBundle.BACKUP_KEYSET, Optional.empty());
    }

    /** A plan may have got its key bundle after the backup was taken, and the other way round. */
    @Override
    public StreamCipher find(String stream, String keeper, Optional<byte[]> wrapped) {
        return wrapped.isPresent() ? new WrappedStreams(kek.get()).find(stream, keeper, wrapped) : bundled();
    }

    private StreamCipher bundled() {
        return keys.get().streams(KeyBundle.BACKUP_KEYSET);
    }
}
