package dev.sealway.control;

import dev.sealway.error.SealwayException;

/** A run ended between two batches because somebody wanted it to. */
public final class RunCancelledException extends SealwayException {

    private static final long serialVersionUID = 1L;

    RunCancelledException(long run, String by) {
        super(
                Outcome.FAILED,
                "run %d was cancelled by %s; what is committed stays, and running the command again continues"
                        .formatted(run, by));
    }
}
