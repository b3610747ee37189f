package dev.sealway.error;

/**
 * Something Sealway refused or failed to do, told as what, where, the law and the cure.
 *
 * <p>The message never contains a value of a row, a search token or key material, and there is no way to chain a cause:
 * what drivers and libraries write into their exceptions may quote the very data that is being protected.
 */
public class SealwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How a command that ends with this exception exits. */
    public enum Outcome {
        /** Something went wrong on the way; what was committed stays, and running again continues. */
        FAILED(1),
        /** The request itself is faulty: a broken plan, an unknown option. Nothing was changed. */
        WRONG_USAGE(2),
        /** A gate said no. Nothing was changed. */
        REFUSED(3);

        private final int exitCode;

        Outcome(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Outcome outcome;
    private final String message;

    public SealwayException(Outcome outcome, String message) {
        super(message);
        this.outcome = outcome;
        this.message = message;
    }

    @Override
    public final String getMessage() {
        return message;
    }

    public final Outcome outcome() {
        return outcome;
    }

    public static SealwayException failed(String message) {
        return new SealwayException(Outcome.FAILED, message);
    }

    public static SealwayException wrongUsage(String message) {
        return new SealwayException(Outcome.WRONG_USAGE, message);
    }

    public static SealwayException refused(String message) {
        return new SealwayException(Outcome.REFUSED, message);
    }
}
