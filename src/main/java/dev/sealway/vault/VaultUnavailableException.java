package dev.sealway.vault;

import dev.sealway.error.SealwayException;
import dev.sealway.patience.MayPass;
import java.time.Duration;

/** Vault did not answer, or not usably; the same request may well succeed later. Quotes nothing that Vault said. */
public final class VaultUnavailableException extends SealwayException implements MayPass {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String cure;
    private final Duration notBefore;

    /**
     * @param doing as {@code encrypting with transit/shop}
     * @param problem what is the matter, beginning with who: {@code Vault at … is sealed}
     */
    VaultUnavailableException(String doing, String problem, String cure, Duration notBefore) {
        super(Outcome.FAILED, "%s failed: %s; %s".formatted(doing, problem, cure));
        this.problem = problem;
        this.cure = cure;
        this.notBefore = notBefore;
    }

    public String problem() {
        return problem;
    }

    public String cure() {
        return cure;
    }

    @Override
    public boolean isTransient() {
        return true;
    }

    @Override
    public Duration notBefore() {
        return notBefore;
    }
}
