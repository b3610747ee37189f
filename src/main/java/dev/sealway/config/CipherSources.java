package dev.sealway.config;

import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.error.SealwayException;
import dev.sealway.plan.Plan;
import java.util.function.Supplier;

/** Finds the ciphers of a plan, and makes each once. */
final class CipherSources implements Ciphers {

    private final Plan plan;
    private final Supplier<KeyBundle> keys;

    CipherSources(Plan plan, Supplier<KeyBundle> keys) {
        this.plan = plan;
        this.keys = keys;
    }

    @Override
    public FieldCipher of(String kind, String keyset) {
        return switch (kind) {
            case TINK -> keys.get().cipher(keyset);
            default ->
                throw SealwayException.wrongUsage("plan %s has no cipher of kind %s".formatted(plan.name(), kind));
        };
    }
}
