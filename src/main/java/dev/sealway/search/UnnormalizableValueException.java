package dev.sealway.search;

import dev.sealway.error.SealwayException;

/** A value that its normaliser cannot take. Which row it stands in is for the catcher to say; the value is not told. */
public final class UnnormalizableValueException extends SealwayException {

    private static final long serialVersionUID = 1L;

    private final Normalizer normalizer;
    private final String law;

    UnnormalizableValueException(Normalizer normalizer, String law) {
        super(
                Outcome.FAILED,
                "normaliser %s cannot take a value: %s; correct the value or choose another normaliser"
                        .formatted(normalizer.id(), law));
        this.normalizer = normalizer;
        this.law = law;
    }

    public Normalizer normalizer() {
        return normalizer;
    }

    /** What the value should have been, as a clause without the value. */
    public String law() {
        return law;
    }
}
