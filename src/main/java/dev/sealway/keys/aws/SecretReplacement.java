package dev.sealway.keys.aws;

import dev.sealway.crypto.Sha256;
import dev.sealway.error.SealwayException;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.keys.KeyRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** One compare-and-set of a secret: reads, compares, puts, and looks back at who else wrote meanwhile. */
final class SecretReplacement {

    private static final String PREVIOUS = "AWSPREVIOUS";

    private final SecretsManagerClient client;
    private final KeyRef ref;
    private final SecretForm form;
    private final String place;

    SecretReplacement(SecretsManagerClient client, KeyRef ref) {
        this.client = client;
        this.ref = ref;
        this.form = SecretForm.of(ref);
        this.place = form.place();
    }

    void replace(KeyMaterial material, String expectedVersion) {
        if (!holder(stages(), SecretsManagerKeyProvider.CURRENT).equals(expectedVersion)) {
            throw SealwayException.refused(
                    "%s was changed by somebody else since it was read, and nothing was overwritten; begin again with what is there now"
                            .formatted(place));
        }
        String text = form.next(material.revealBytes(), () -> SecretsManagerKeyProvider.current(client, ref));
        String version = versionAfter(expectedVersion, material);
        client.putSecretValue(request -> request.secretId(ref.name())
                .clientRequestToken(version)
                .secretString(text)
                .versionStages(SecretsManagerKeyProvider.CURRENT));
        lookBack(version, expectedVersion);
    }

    /**
     * Becomes the version's id. It follows from what is stored and what came before, so that a request that is sent again
     * makes no second version.
     */
    private static String versionAfter(String before, KeyMaterial material) {
        MessageDigest digest = Sha256.begin();
        digest.update(before.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return HexFormat.of().formatHex(digest.digest(material.revealBytes()));
    }

    /** Ours must be current, and what it came after must be the one before; a stale answer may not know ours yet. */
    private void lookBack(String ours, String expectedVersion) {
        Map<String, List<String>> stages = stagesAfter(ours);
        String current = holder(stages, SecretsManagerKeyProvider.CURRENT);
        boolean inOrder = current.equals(ours)
                ? holder(stages, PREVIOUS).equals(expectedVersion)
                : current.equals(expectedVersion);
        if (!inOrder) {
            throw SealwayException.failed(
                    "somebody else wrote %s at the same moment: besides our version %s it has one that came between; compare them in Secrets Manager, let the right one be AWSCURRENT, and begin again"
                            .formatted(place, ours));
        }
    }

    private Map<String, List<String>> stagesAfter(String ours) {
        try {
            return stages();
        } catch (SdkException e) {
            AwsProblem told = AwsProblem.of(e);
            throw SealwayException.failed(
                    "%s has the new bundle as version %s, but whether somebody else wrote at the same moment could not be seen: %s; %s, and see that this version is AWSCURRENT"
                            .formatted(place, ours, told.problem(), told.cure()));
        }
    }

    private Map<String, List<String>> stages() {
        return client.describeSecret(request -> request.secretId(ref.name())).versionIdsToStages();
    }

    private static String holder(Map<String, List<String>> stages, String stage) {
        return stages.entrySet().stream()
                .filter(version -> version.getValue().contains(stage))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }
}
