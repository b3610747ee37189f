package dev.sealway.keys.aws;

import dev.sealway.error.SealwayException;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.keys.KeyNotFoundException;
import dev.sealway.keys.KeyProvider;
import dev.sealway.keys.KeyRef;
import dev.sealway.keys.KeyUnavailableException;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * Keeps key bundles in AWS Secrets Manager. The reference is a secret's name or ARN; of its versions always the one with
 * stage {@code AWSCURRENT} counts.
 *
 * <p>Settings, all optional: {@code field}, if the secret is a JSON object and the bundle one of its members;
 * {@code region} and {@code endpoint}, if the SDK's own chain shall not find them. Credentials come from the SDK's default
 * chain. The SDK takes secrets as strings, so the text stays on the heap until the garbage collector takes it.
 *
 * <p>Thread-safe.
 */
public final class SecretsManagerKeyProvider implements KeyProvider {

    static final String CURRENT = "AWSCURRENT";

    private final AwsClients clients;

    public SecretsManagerKeyProvider() {
        this(AwsClients.STANDARD);
    }

    SecretsManagerKeyProvider(AwsClients clients) {
        this.clients = clients;
    }

    /** The version is the id that Secrets Manager gave it. */
    @Override
    public KeyMaterial fetch(KeyRef ref) {
        GetSecretValueResponse secret = use(ref, client -> current(client, ref), told -> unread(ref, told));
        return KeyMaterial.owning(SecretForm.of(ref).open(secret), secret.versionId());
    }

    /** Makes the secret, with the bundle as its first version. A version is never added to a secret that exists. */
    @Override
    public void create(KeyRef ref, KeyMaterial material) {
        SecretForm form = SecretForm.of(ref);
        use(
                ref,
                client -> client.createSecret(request -> request.name(ref.name())
                        .description("Key bundle of Sealway")
                        .secretString(form.first(material.revealBytes()))),
                told -> told.kind() == AwsProblem.Kind.EXISTS
                        ? SealwayException.refused(
                                "%s exists already, and a key bundle is never overwritten; choose another name"
                                        .formatted(place(ref)))
                        : unwritten(ref, told));
    }

    /**
     * Puts the bundle into a new version, which takes stage {@code AWSCURRENT}; the one before keeps {@code AWSPREVIOUS}.
     *
     * <p>Secrets Manager compares nothing itself, so the version is read again just before. <strong>The caller must hold
     * an advisory lock of the database</strong>, so that no other Sealway writes between the two. A writer who is not
     * Sealway can still come between them: then this fails after the fact, and both versions are there.
     */
    @Override
    public void replace(KeyRef ref, KeyMaterial material, String expectedVersion) {
        use(
                ref,
                client -> {
                    new SecretReplacement(client, ref).replace(material, expectedVersion);
                    return ref;
                },
                told -> told.kind() == AwsProblem.Kind.NOT_FOUND ? unread(ref, told) : unwritten(ref, told));
    }

    static GetSecretValueResponse current(SecretsManagerClient client, KeyRef ref) {
        return client.getSecretValue(request -> request.secretId(ref.name()).versionStage(CURRENT));
    }

    static String place(KeyRef ref) {
        return "secret %s of AWS Secrets Manager".formatted(ref.name());
    }

    private <T> T use(KeyRef ref, Function<SecretsManagerClient, T> work, Function<AwsProblem, SealwayException> told) {
        AwsPlace.refuseUnknown("provider aws-secrets-manager", ref.settings(), Set.of(SecretForm.SETTING));
        return clients.use(SecretsManagerClient.builder(), AwsPlace.of(ref.settings()), work, told);
    }

    private static SealwayException unread(KeyRef ref, AwsProblem told) {
        return told.kind() == AwsProblem.Kind.NOT_FOUND
                ? new KeyNotFoundException(
                        place(ref), "name the secret and the region that have it, or make one with 'sealway keygen'")
                : new KeyUnavailableException(place(ref), told.problem(), told.cure());
    }

    private static SealwayException unwritten(KeyRef ref, AwsProblem told) {
        return SealwayException.failed(
                "the key bundle could not be stored in %s: %s; %s".formatted(place(ref), told.problem(), told.cure()));
    }
}
