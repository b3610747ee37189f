package dev.sealway.crypto.tink;

import com.google.crypto.tink.aead.AeadParameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.sealway.error.SealwayException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What seals the values of a new key bundle. */
public enum Algorithm {
    /** The default: 33 bytes more than the value, at most 2^32 values under one key. */
    AES256_GCM(PredefinedAeadParameters.AES256_GCM),
    /** For very large estates: 45 bytes more than the value, about 2^80 values under one key, slower to seal. */
    XAES_256_GCM_192_BIT_NONCE(PredefinedAeadParameters.XAES_256_GCM_192_BIT_NONCE);

    private final AeadParameters parameters;

    Algorithm(AeadParameters parameters) {
        this.parameters = parameters;
    }

    AeadParameters parameters() {
        return parameters;
    }

    /**
     * Finds an algorithm by its name; case does not matter, and a hyphen may stand for an underscore.
     *
     * @throws SealwayException if there is none of that name
     */
    public static Algorithm parse(String name) {
        String wanted = name.strip().replace('-', '_').toUpperCase(Locale.ROOT);
        for (Algorithm known : values()) {
            if (known.name().equals(wanted)) {
                return known;
            }
        }
        throw SealwayException.wrongUsage("unknown algorithm %s; choose %s"
                .formatted(name, Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(" or "))));
    }
}
