package dev.sealway.keys.aws;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * What the SDK threw, in words of ours: its own may quote what was sent or answered.
 *
 * <p>Told apart by the error's code, which also chooses the SDK's exception classes, and never by the status of the
 * answer: emulators and gateways differ in it. An error of another code is told by nothing but its status.
 */
record AwsProblem(Kind kind, String problem, String cure) {

    /** What decides how a problem goes on. */
    enum Kind {
        NOT_FOUND,
        EXISTS,
        WRONG_KEY,
        OTHER
    }

    private static final AwsProblem NO_CREDENTIALS = other(
            "no credentials were found",
            "give this process a role, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");

    private static final AwsProblem NO_REGION =
            other("no region is known", "say 'region' beside the key in the plan, or set AWS_REGION");

    private static final AwsProblem DENIED =
            other("access is denied", "grant this process's role the actions that the page how-to/aws.md lists");

    private static final AwsProblem BAD_CREDENTIALS =
            other("the credentials are expired or not valid", "renew them, and check this machine's clock");

    private static final AwsProblem THROTTLED =
            other("AWS throttles the requests of this account", "try again later, or have the quota raised");

    private static final AwsProblem KMS_FAILS = other(
            "the KMS key that protects the secret cannot be used",
            "see that it is enabled, and grant kms:Decrypt and kms:GenerateDataKey on it");

    private static final AwsProblem KEY_OFF =
            other("the key is disabled, or waits for its deletion", "enable it, or cancel the deletion, in KMS");

    private static final AwsProblem WRONG_KEY = new AwsProblem(
            Kind.WRONG_KEY,
            "what it shall unwrap was not wrapped by this key for this place",
            "restore the bundle as 'sealway keygen' stored it, or name the key that wrapped it");

    private static final Map<String, AwsProblem> BY_CODE = Map.ofEntries(
            Map.entry("AccessDenied", DENIED),
            Map.entry("AccessDeniedException", DENIED),
            Map.entry("NotAuthorized", DENIED),
            Map.entry("OptInRequired", DENIED),
            Map.entry("ExpiredToken", BAD_CREDENTIALS),
            Map.entry("ExpiredTokenException", BAD_CREDENTIALS),
            Map.entry("IncompleteSignature", BAD_CREDENTIALS),
            Map.entry("InvalidClientTokenId", BAD_CREDENTIALS),
            Map.entry("InvalidSignatureException", BAD_CREDENTIALS),
            Map.entry("MissingAuthenticationToken", BAD_CREDENTIALS),
            Map.entry("RequestExpired", BAD_CREDENTIALS),
            Map.entry("SignatureDoesNotMatch", BAD_CREDENTIALS),
            Map.entry("UnrecognizedClientException", BAD_CREDENTIALS),
            Map.entry("LimitExceededException", THROTTLED),
            Map.entry("DecryptionFailure", KMS_FAILS),
            Map.entry("EncryptionFailure", KMS_FAILS),
            Map.entry(
                    "InvalidRequestException",
                    other("the secret waits for its deletion, or for a rotation", "restore it in Secrets Manager")),
            Map.entry(
                    "ResourceExistsException", new AwsProblem(Kind.EXISTS, "it exists already", "choose another name")),
            Map.entry(
                    "ResourceNotFoundException",
                    new AwsProblem(Kind.NOT_FOUND, "there is no such secret", "name the one that has it")),
            Map.entry("DisabledException", KEY_OFF),
            Map.entry("KMSInvalidStateException", KEY_OFF),
            Map.entry("IncorrectKeyException", WRONG_KEY),
            Map.entry("InvalidCiphertextException", WRONG_KEY),
            Map.entry(
                    "InvalidKeyUsageException",
                    other("the key is not for encrypting", "name a symmetric key for encryption")),
            Map.entry(
                    "NotFoundException",
                    new AwsProblem(
                            Kind.NOT_FOUND,
                            "there is no such key in this account and region",
                            "name its alias or its ARN, and its region")));

    static AwsProblem noCredentials() {
        return NO_CREDENTIALS;
    }

    static AwsProblem noRegion() {
        return NO_REGION;
    }

    static AwsProblem of(SdkException thrown) {
        if (thrown instanceof ApiCallTimeoutException || thrown instanceof ApiCallAttemptTimeoutException) {
            return other("AWS did not answer in time", "check the network, and try again");
        }
        return thrown instanceof SdkServiceException answered
                ? answered(answered)
                : other("AWS was not reached", "check the network, the region and the endpoint, and try again");
    }

    private static AwsProblem answered(SdkServiceException thrown) {
        if (thrown.isThrottlingException()) {
            return THROTTLED;
        }
        AwsProblem known = BY_CODE.get(code(thrown));
        return known != null
                ? known
                : other(
                        "AWS answered with an error of status %d".formatted(thrown.statusCode()),
                        "try again, and look it up in CloudTrail if it stays");
    }

    private static String code(SdkServiceException thrown) {
        @Nullable AwsErrorDetails details = thrown instanceof AwsServiceException aws ? aws.awsErrorDetails() : null;
        return details == null ? "" : Objects.requireNonNullElse(details.errorCode(), "");
    }

    private static AwsProblem other(String problem, String cure) {
        return new AwsProblem(Kind.OTHER, problem, cure);
    }
}
