package dev.sealway.config;

import dev.sealway.crypto.KeyEncryptionKey;
import dev.sealway.error.SealwayException;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Libraries that a user of the library adds when a plan asks for them. Nothing is probed beforehand: what is missing shows
 * when it is used, and is told by name.
 */
final class OptionalLibrary {

    private static final String VAULT = "io.github.jopenlibs:vault-java-driver";

    private static final Map<String, String> NEEDED = Map.of(
            "aws-secrets-manager",
            "software.amazon.awssdk:secretsmanager and url-connection-client",
            "aws-kms",
            "software.amazon.awssdk:kms and url-connection-client",
            "vault-kv",
            VAULT,
            "vault-transit",
            VAULT);

    private OptionalLibrary() {}

    /** @throws SealwayException if {@code work} misses the library that {@code kind} needs */
    static <T> T use(String kind, Supplier<T> work) {
        try {
            return work.get();
        } catch (NoClassDefFoundError e) {
            String library = NEEDED.get(kind);
            if (library == null) {
                throw e;
            }
            throw SealwayException.failed(
                    "%s needs %s on the class path; add it there, or run the command line, which has it"
                            .formatted(kind, library));
        }
    }

    /** The same for a key that is used later. */
    static KeyEncryptionKey wrapping(String kind, Supplier<KeyEncryptionKey> opened) {
        KeyEncryptionKey key = use(kind, opened);
        return new KeyEncryptionKey() {
            @Override
            public String id() {
                return key.id();
            }

            @Override
            public byte[] wrap(byte[] material, byte[] associatedData) {
                return use(kind, () -> key.wrap(material, associatedData));
            }

            @Override
            public byte[] unwrap(byte[] wrapped, byte[] associatedData) {
                return use(kind, () -> key.unwrap(wrapped, associatedData));
            }

            @Override
            public String toString() {
                return key.toString();
            }
        };
    }
}
