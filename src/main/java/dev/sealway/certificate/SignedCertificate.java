package dev.sealway.certificate;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.LengthPrefixed;
import dev.sealway.crypto.Mac;
import dev.sealway.crypto.Sha256;
import dev.sealway.error.SealwayException;
import dev.sealway.json.Json;
import dev.sealway.json.NotJsonException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text of a certificate with what proves that nobody altered it.
 *
 * <p>Signed is {@code SHA-256(LP("sealway/certificate/v1", canonical JSON))}. Who holds the audit keyset can both sign and
 * check: the signature shows that it was made by one of them, and not by which.
 *
 * @param certificate the JSON object
 * @param sha256 in lower-case hex
 * @param mac in lower-case hex; empty where there was no key bundle to sign with
 */
public record SignedCertificate(Map<String, @Nullable Object> certificate, String sha256, Optional<String> mac) {

    public static SignedCertificate sign(Certificate certificate, Optional<Mac> mac) {
        Map<String, @Nullable Object> members = CertificateJson.of(certificate);
        byte[] hash = hash(members);
        return new SignedCertificate(members, HexFormat.of().formatHex(hash), mac.map(m -> HexFormat.of()
                .formatHex(m.tag(hash))));
    }

    private static byte[] hash(@Nullable Object certificate) {
        return Sha256.begin()
                .digest(LengthPrefixed.of("sealway/certificate/v1", Json.canonical(certificate))
                        .toByteArray());
    }

    /** The document to be filed, as JSON on many lines. */
    public String document() {
        Map<String, @Nullable Object> signature = new LinkedHashMap<>();
        signature.put("keyset", KeyBundle.AUDIT_KEYSET);
        signature.put("sha256", sha256);
        signature.put("mac", mac.orElse(null));
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("certificate", certificate);
        document.put("signature", signature);
        return Json.pretty(document) + "\n";
    }

    /**
     * Reads a document back; whether it was altered is for {@link #isWhole} and {@link #isSignedWith} to say.
     *
     * @param name of the document, for messages
     * @throws SealwayException if it is not one
     */
    public static SignedCertificate read(String document, String name) {
        try {
            if (Json.parse(document) instanceof Map<?, ?> members
                    && members.get("certificate") instanceof Map<?, ?> certificate
                    && members.get("signature") instanceof Map<?, ?> signature
                    && signature.get("sha256") instanceof String sha256) {
                Map<String, @Nullable Object> all = new LinkedHashMap<>();
                certificate.forEach((key, value) -> all.put((String) key, value));
                return new SignedCertificate(
                        all, sha256, Optional.ofNullable(signature.get("mac")).map(String::valueOf));
            }
        } catch (NotJsonException e) {
            throw notOne(name);
        }
        throw notOne(name);
    }

    private static SealwayException notOne(String name) {
        return SealwayException.wrongUsage(
                "%s is not a certificate; give the JSON file that 'sealway certificate' wrote".formatted(name));
    }

    /** Whether the certificate has the hash that the document tells, which anybody can compute. */
    public boolean isWhole() {
        return HexFormat.of().formatHex(hash(certificate)).equals(sha256);
    }

    /** Whether it was signed by a holder of this keyset, and is as it was then. */
    public boolean isSignedWith(Mac keyset) {
        return mac.filter(m -> m.length() % 2 == 0 && m.chars().allMatch(HexFormat::isHexDigit))
                .filter(m -> keyset.accepts(HexFormat.of().parseHex(m), hash(certificate)))
                .isPresent();
    }
}
