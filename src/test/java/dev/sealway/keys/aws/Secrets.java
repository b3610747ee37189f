package dev.sealway.keys.aws;

import dev.sealway.error.SealwayException;
import dev.sealway.keys.KeyRef;
import dev.sealway.testing.AwsServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The other users of a test's AWS: they store, list and delete without Sealway. */
final class Secrets {

    private final AwsServer server;

    Secrets(AwsServer server) {
        this.server = server;
    }

    /** A reference to a secret that no other test has. */
    KeyRef newRef(String... settings) {
        Map<String, String> all = new HashMap<>(server.settings());
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new KeyRef("sealway/test/%s".formatted(UUID.randomUUID()), all);
    }

    void store(KeyRef ref, String text) {
        use(client -> client.createSecret(r -> r.name(ref.name()).secretString(text)));
    }

    void storeBinary(KeyRef ref, byte[] bytes) {
        use(client -> client.createSecret(r -> r.name(ref.name()).secretBinary(SdkBytes.fromByteArray(bytes))));
    }

    void put(KeyRef ref, String text, String stage) {
        use(client -> client.putSecretValue(
                r -> r.secretId(ref.name()).secretString(text).versionStages(stage)));
    }

    void delete(KeyRef ref) {
        use(client -> client.deleteSecret(r -> r.secretId(ref.name()).recoveryWindowInDays(7L)));
    }

    String read(KeyRef ref, String stage) {
        return use(client -> client.getSecretValue(r -> r.secretId(ref.name()).versionStage(stage)))
                .secretString();
    }

    Map<String, List<String>> versions(KeyRef ref) {
        return use(client -> client.describeSecret(r -> r.secretId(ref.name()))).versionIdsToStages();
    }

    private <T> T use(Function<SecretsManagerClient, T> work) {
        return AwsClients.STANDARD.use(
                SecretsManagerClient.builder(), AwsPlace.of(server.settings()), work, Secrets::unexpected);
    }

    private static SealwayException unexpected(AwsProblem problem) {
        throw new AssertionError(problem);
    }
}
