package dev.sealway.workflow;

import dev.sealway.error.SealwayException;
import dev.sealway.plan.ConfirmationPhrase;
import java.util.List;

/** Plaintext was to be dropped and nobody said the phrase, or another one. */
public final class UnconfirmedDropException extends SealwayException {

    private static final long serialVersionUID = 1L;

    private final String phrase;
    private final boolean wrongPhrase;

    UnconfirmedDropException(ConfirmationPhrase phrase, List<String> columns, boolean wrongPhrase) {
        super(
                Outcome.REFUSED,
                "dropping the plaintext of %d columns (%s) for ever is not confirmed%s; to do it, confirm with exactly: %s"
                        .formatted(
                                columns.size(),
                                String.join(", ", columns),
                                wrongPhrase ? ": the phrase given is not the one for these columns" : "",
                                phrase));
        this.phrase = phrase.text();
        this.wrongPhrase = wrongPhrase;
    }

    /** What a person would have to say. */
    public ConfirmationPhrase phrase() {
        return new ConfirmationPhrase(phrase);
    }

    /** Whether something was said, only not this. */
    public boolean wrongPhrase() {
        return wrongPhrase;
    }
}
