package dev.sealway.vault;

import dev.sealway.error.SealwayException;

/** Vault said no, and will say so again until somebody changes something. Quotes nothing that Vault said. */
public final class VaultRefusedException extends SealwayException {

    private static final long serialVersionUID = 1L;

    private final String doing;
    private final String problem;
    private final String cure;

    /**
     * @param doing as {@code encrypting with transit/shop}
     * @param problem what is the matter, beginning with who: {@code Vault at … denies access}
     */
    VaultRefusedException(String doing, String problem, String cure) {
        super(Outcome.FAILED, "%s failed: %s; %s".formatted(doing, problem, cure));
        this.doing = doing;
        this.problem = problem;
        this.cure = cure;
    }

    /** For whoever meets the same refusal later: with a stack trace of their own. */
    VaultRefusedException again() {
        return new VaultRefusedException(doing, problem, cure);
    }

    public String problem() {
        return problem;
    }

    public String cure() {
        return cure;
    }
}
