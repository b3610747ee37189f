package dev.sealway.testing;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Looks into the Secrets Manager of an {@link AwsServer} past Sealway. */
public final class StoredSecrets {

    private StoredSecrets() {}

    /** The text of the version that is current. */
    public static String read(AwsServer server, String name) {
        try (SecretsManagerClient secrets = SecretsManagerClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(server.endpoint())
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            return secrets.getSecretValue(r -> r.secretId(name).versionStage("AWSCURRENT"))
                    .secretString();
        }
    }
}
