package dev.sealway.testing;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** Makes keys in the KMS of an {@link AwsServer}. */
public final class KmsKeys {

    private KmsKeys() {}

    /** The id of a new symmetric key. */
    public static String newKey(AwsServer server) {
        try (KmsClient kms = KmsClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(server.endpoint())
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            return kms.createKey().keyMetadata().keyId();
        }
    }
}
