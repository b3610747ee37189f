package dev.sealway.crypto.transit;

import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.CiphertextForm;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.crypto.Plaintext;
import dev.sealway.error.SealwayException;
import dev.sealway.vault.TransitResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form of a ciphertext of Transit, and what Vault's results mean for one. */
final class TransitText {

    private static final Pattern FORM = Pattern.compile(CiphertextForm.TRANSIT_PATTERN);
    private static final Pattern VERSION = Pattern.compile("vault:v([1-9][0-9]{0,17}):");

    private TransitText() {}

    static Optional<SealwayException> fault(byte[] ciphertext) {
        return isWellFormed(ciphertext)
                ? Optional.empty()
                : Optional.of(OpenFailedException.notACiphertext(ciphertext.length));
    }

    private static boolean isWellFormed(byte[] text) {
        return FORM.matcher(new String(text, StandardCharsets.ISO_8859_1)).matches();
    }

    static Attempt<byte[]> sealed(String key, TransitResult result) {
        if (!(result instanceof TransitResult.Done done)) {
            TransitResult.Reason reason = ((TransitResult.Failed) result).reason();
            return new Attempt.Failed<>(SealwayException.failed(
                    reason == TransitResult.Reason.TOO_LONG
                            ? "Vault does not take a value as long as this for key %s; leave the row as it is, or encrypt this column with the key bundle"
                                    .formatted(key)
                            : "Vault could not encrypt this value with key %s; its audit log tells more"
                                    .formatted(key)));
        }
        return isWellFormed(done.revealBytes())
                ? new Attempt.Done<>(done.revealBytes())
                : new Attempt.Failed<>(SealwayException.failed(
                        "what Vault gave for a value with key %s does not have the form of a ciphertext; it was not used"
                                .formatted(key)));
    }

    static Attempt<Plaintext> opened(String key, byte[] ciphertext, TransitResult result) {
        return result instanceof TransitResult.Done done
                ? new Attempt.Done<>(Plaintext.owning(done.revealBytes()))
                : new Attempt.Failed<>(failure(key, ciphertext, ((TransitResult.Failed) result).reason()));
    }

    static Attempt<byte[]> rewrapped(String key, byte[] ciphertext, TransitResult result) {
        return result instanceof TransitResult.Done
                ? sealed(key, result)
                : new Attempt.Failed<>(failure(key, ciphertext, ((TransitResult.Failed) result).reason()));
    }

    private static SealwayException failure(String key, byte[] ciphertext, TransitResult.Reason reason) {
        return switch (reason) {
            case NOT_A_CIPHERTEXT -> OpenFailedException.notACiphertext(ciphertext.length);
            case UNKNOWN_VERSION -> OpenFailedException.unknownVersion(key, version(ciphertext));
            case NOT_AUTHENTIC -> OpenFailedException.authenticationFailed(version(ciphertext));
            case TOO_LONG, OTHER ->
                SealwayException.failed(
                        "Vault could not decrypt this ciphertext with key %s; its audit log tells more".formatted(key));
        };
    }

    private static long version(byte[] ciphertext) {
        Matcher version = VERSION.matcher(new String(ciphertext, StandardCharsets.ISO_8859_1));
        return version.lookingAt() ? Long.parseLong(version.group(1)) : 0;
    }
}
