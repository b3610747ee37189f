package dev.sealway.keys.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sealway.error.SealwayException;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.keys.KeyNotFoundException;
import dev.sealway.keys.KeyRef;
import dev.sealway.keys.KeyUnavailableException;
import dev.sealway.testing.AwsProperties;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the emulators do not say, or say otherwise than AWS. */
class AwsFailuresTest {

    private static final String SECRET =
            "{\"Name\":\"keys\",\"VersionId\":\"v1\",\"SecretString\":\"one\",\"VersionStages\":[\"AWSCURRENT\"]}";

    private static final AwsClients IMPATIENT = new AwsClients(Duration.ofSeconds(5), Duration.ofSeconds(10), 1);

    private final StubbedAws aws = new StubbedAws();
    private AwsClients clients = IMPATIENT;

    @BeforeEach
    void giveCredentials() {
        AwsProperties.set();
    }

    @AfterEach
    void close() {
        aws.close();
        AwsProperties.clear();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | AccessDeniedException | access is denied",
                "403 | AccessDeniedException | access is denied",
                "400 | com.amazon.coral.service#UnrecognizedClientException | the credentials are expired or not valid",
                "400 | ExpiredTokenException | the credentials are expired or not valid",
                "400 | ThrottlingException | AWS throttles the requests of this account",
                "429 | TooManyRequestsException | AWS throttles the requests of this account",
                "400 | LimitExceededException | AWS throttles the requests of this account",
                "500 | InternalServiceError | AWS answered with an error of status 500",
                "503 | CANARY | AWS answered with an error of status 503",
                "400 | DecryptionFailure | the KMS key that protects the secret cannot be used",
                "400 | InvalidRequestException | the secret waits for its deletion"
            })
    @DisplayName("T34 a secret that cannot be had now is unavailable, not missing")
    void tellsWhyASecretCannotBeHad(int status, String code, String problem) {
        aws.fails(status, code);

        assertThat(refusal())
                .isInstanceOf(KeyUnavailableException.class)
                .hasMessageStartingWith(
                        "cannot read the key bundle in secret keys of AWS Secrets Manager: %s".formatted(problem));
        assertThat(aws.asked()).containsExactly("GetSecretValue");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    @DisplayName("T30 a missing secret is told by the error's name, not by the status")
    void tellsAMissingSecret(int status) {
        aws.fails(status, "ResourceNotFoundException");

        assertThat(refusal()).isInstanceOf(KeyNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Error><Code>AccessDenied</Code><Message>CANARY</Message></Error>", "", "CANARY"})
    void takesAnAnswerThatIsNotInItsProtocol(String body) {
        aws.says(403, "text/xml", body);

        assertThat(refusal())
                .isInstanceOf(KeyUnavailableException.class)
                .hasMessageContaining("AWS answered with an error of status 403");
    }

    @Test
    @DisplayName("T34 throttling and a failing service are waited for")
    void triesAgain() {
        aws.fails(500, "InternalServiceError").fails(400, "ThrottlingException").says(200, SECRET);
        clients = AwsClients.STANDARD;

        try (var fetched = fetch()) {
            assertThat(fetched.version()).isEqualTo("v1");
        }
        assertThat(aws.asked()).hasSize(3);
    }

    @Test
    @DisplayName("T34 silence has an end")
    void givesUpOnSilence() {
        clients = new AwsClients(Duration.ofMillis(200), Duration.ofMillis(300), 2);

        assertThat(refusal())
                .isInstanceOf(KeyUnavailableException.class)
                .hasMessageContaining("AWS did not answer in time");
    }

    @Test
    @DisplayName("T34 an address where nobody listens is told")
    void tellsThatNobodyListens() {
        aws.close();

        assertThat(refusal()).isInstanceOf(KeyUnavailableException.class).hasMessageContaining("AWS was not reached");
    }

    @Test
    void tellsThatThereAreNoCredentials() {
        AwsProperties.setWithoutCredentials();

        assertThat(refusal())
                .isInstanceOf(KeyUnavailableException.class)
                .hasMessageContainingAll("no credentials were found", "AWS_PROFILE");
        assertThat(aws.asked()).isEmpty();
    }

    @Test
    void tellsThatThereIsNoRegion() {
        SealwayException refused = failure(() -> new SecretsManagerKeyProvider(clients).fetch(KeyRef.of("keys")));

        assertThat(refused).isInstanceOf(KeyUnavailableException.class).hasMessageContaining("no region is known");
    }

    @ParameterizedTest
    @CsvSource({
        "DisabledException,'the key is disabled, or waits for its deletion'",
        "KMSInvalidStateException,'the key is disabled, or waits for its deletion'",
        "IncorrectKeyException,what it shall unwrap was not wrapped by this key for this place",
        "InvalidCiphertextException,what it shall unwrap was not wrapped by this key for this place",
        "AccessDeniedException,access is denied",
        "KMSInternalException,AWS answered with an error of status 400"
    })
    void tellsWhyAKeyDoesNotUnwrap(String code, String problem) {
        aws.fails(400, code);
        var key = new KmsKeyEncryptionKey(clients, AwsPlace.of(aws.settings()), "alias/shop");

        assertThat(failure(() -> key.unwrap(new byte[] {1}, new byte[] {2})))
                .hasMessageStartingWith("aws-kms alias/shop could not unwrap a keyset: %s".formatted(problem));
    }

    @Test
    void noticesAWriterWhoCameBetween() {
        aws.says(200, stages("\"v1\":[\"AWSCURRENT\"]"))
                .says(200, "{\"VersionId\":\"ours\",\"VersionStages\":[\"AWSCURRENT\"]}")
                .says(200, stages("\"theirs\":[\"AWSCURRENT\"],\"v1\":[]"));

        assertThat(failedReplacement())
                .hasMessageStartingWith("somebody else wrote secret keys of AWS Secrets Manager at the same moment");
        assertThat(aws.asked()).containsExactly("DescribeSecret", "PutSecretValue", "DescribeSecret");
    }

    @Test
    void acceptsALookBackThatIsStale() {
        aws.says(200, stages("\"v1\":[\"AWSCURRENT\"]"))
                .says(200, "{\"VersionId\":\"ours\",\"VersionStages\":[\"AWSCURRENT\"]}")
                .says(200, stages("\"v1\":[\"AWSCURRENT\"]"));

        replace();

        assertThat(aws.asked()).hasSize(3);
    }

    @Test
    void tellsThatTheBundleIsStoredIfTheLookBackFails() {
        aws.says(200, stages("\"v1\":[\"AWSCURRENT\"]"))
                .says(200, "{\"VersionId\":\"ours\",\"VersionStages\":[\"AWSCURRENT\"]}")
                .fails(400, "ExpiredTokenException");

        assertThat(failedReplacement())
                .hasMessageContainingAll("has the new bundle as version", "the credentials are expired");
    }

    @Test
    void tellsThatNothingWasStored() {
        aws.fails(400, "AccessDeniedException");

        assertThat(failedReplacement())
                .hasMessageStartingWith(
                        "the key bundle could not be stored in secret keys of AWS Secrets Manager: access is denied");
    }

    private static String stages(String versions) {
        return "{\"Name\":\"keys\",\"VersionIdsToStages\":{%s}}".formatted(versions);
    }

    private KeyMaterial fetch() {
        return new SecretsManagerKeyProvider(clients).fetch(new KeyRef("keys", aws.settings()));
    }

    private void replace() {
        new SecretsManagerKeyProvider(clients)
                .replace(new KeyRef("keys", aws.settings()), KeyMaterial.owning("CANARY".getBytes(UTF_8), ""), "v1");
    }

    private SealwayException refusal() {
        return failure(this::fetch);
    }

    private SealwayException failedReplacement() {
        return failure(this::replace);
    }

    /** Of which nobody learns what AWS said. */
    private static SealwayException failure(ThrowingCallable work) {
        SealwayException failed = catchThrowableOfType(SealwayException.class, work);
        assertThat(failed).hasMessageNotContaining("CANARY").hasNoCause().hasNoSuppressedExceptions();
        return failed;
    }
}
