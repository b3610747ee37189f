package dev.sealway.batch;

import dev.sealway.error.SealwayException;
import java.util.function.BooleanSupplier;

/** The pace of one who works beside others, and does not go on once one of them has failed. Thread-safe. */
record StoppedPace(Pace pace, BooleanSupplier stopped) implements Pace {

    @Override
    public void awaitTurn() {
        refuseToGoOn();
        pace.awaitTurn();
        // it may have waited for long
        refuseToGoOn();
    }

    private void refuseToGoOn() {
        if (stopped.getAsBoolean()) {
            throw SealwayException.failed(
                    "what went on beside this has failed; what is committed stays, run it again to continue");
        }
    }

    @Override
    public void committed(int walked) {
        pace.committed(walked);
    }

    @Override
    public int batchSize(int planned) {
        return pace.batchSize(planned);
    }

    @Override
    public int workers(int planned) {
        return pace.workers(planned);
    }
}
