package dev.sealway.crypto.tink;

/** A keyset that Tink can read but that does not keep a law of ours. */
final class UnfitKeysetException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String law;

    UnfitKeysetException(String law) {
        super(law);
        this.law = law;
    }

    String law() {
        return law;
    }
}
