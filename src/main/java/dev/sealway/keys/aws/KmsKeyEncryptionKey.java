package dev.sealway.keys.aws;

import dev.sealway.crypto.KeyEncryptionKey;
import dev.sealway.error.SealwayException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * A symmetric key in AWS KMS. What it wraps is a ciphertext of KMS as it is, whose encryption context has the associated
 * data in base64 under {@code associatedData}; the context is no secret, and CloudTrail logs it.
 *
 * <p>Wraps at most 4096 bytes at a time, KMS's own limit: some forty keys in one keyset. Thread-safe.
 */
public final class KmsKeyEncryptionKey implements KeyEncryptionKey {

    private static final int LARGEST = 4096;
    private static final String CONTEXT = "associatedData";

    private final AwsClients clients;
    private final AwsPlace place;
    private final String key;

    KmsKeyEncryptionKey(AwsClients clients, AwsPlace place, String key) {
        this.clients = clients;
        this.place = place;
        this.key = key;
    }

    /**
     * @param settings {@code key}: the key's id, ARN or {@code alias/…}; {@code region} and {@code endpoint}, if the SDK's
     *     own chain shall not find them
     * @throws SealwayException if the key is missing among them, or there are others
     */
    public static KmsKeyEncryptionKey of(Map<String, String> settings) {
        AwsPlace.refuseUnknown("kek aws-kms", settings, Set.of("key"));
        String key = settings.getOrDefault("key", "");
        if (key.isBlank()) {
            throw SealwayException.wrongUsage(
                    "kek aws-kms names no key; say 'key' with an alias, an id or an ARN, for instance alias/sealway");
        }
        return new KmsKeyEncryptionKey(AwsClients.STANDARD, AwsPlace.of(settings), key);
    }

    @Override
    public String id() {
        return "aws-kms %s".formatted(key);
    }

    @Override
    public byte[] wrap(byte[] material, byte[] associatedData) {
        if (material.length > LARGEST) {
            throw SealwayException.refused(
                    "a keyset of %d bytes is too large for %s, which wraps at most %d; destroy keys that are no longer used, or split the keyset"
                            .formatted(material.length, id(), LARGEST));
        }
        return use(
                kms -> kms.encrypt(request -> request.keyId(key)
                                .plaintext(SdkBytes.fromByteArray(material))
                                .encryptionContext(context(associatedData)))
                        .ciphertextBlob()
                        .asByteArray(),
                "wrap");
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] associatedData) {
        return use(
                kms -> kms.decrypt(request -> request.keyId(key)
                                .ciphertextBlob(SdkBytes.fromByteArray(wrapped))
                                .encryptionContext(context(associatedData)))
                        .plaintext()
                        .asByteArray(),
                "unwrap");
    }

    private byte[] use(Function<KmsClient, byte[]> work, String verb) {
        return clients.use(
                KmsClient.builder(),
                place,
                work,
                told -> SealwayException.failed(
                        "%s could not %s a keyset: %s; %s".formatted(id(), verb, told.problem(), told.cure())));
    }

    private static Map<String, String> context(byte[] associatedData) {
        return Map.of(CONTEXT, Base64.getEncoder().encodeToString(associatedData));
    }

    @Override
    public String toString() {
        return "KmsKeyEncryptionKey[%s]".formatted(key);
    }
}
