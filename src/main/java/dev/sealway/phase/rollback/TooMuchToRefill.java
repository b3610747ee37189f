package dev.sealway.phase.rollback;

import dev.sealway.batch.CatchUp;
import dev.sealway.batch.WalkedTable;
import dev.sealway.error.SealwayException;

/** Too much is left to be done behind a lock; everything was rolled back, and catching up again may help. */
final class TooMuchToRefill extends SealwayException {

    private static final long serialVersionUID = 1L;

    private TooMuchToRefill(String message) {
        super(Outcome.FAILED, message);
    }

    static TooMuchToRefill of(WalkedTable table) {
        return new TooMuchToRefill(
                ("more than %d rows of %s have to be filled or looked at again at the moment of the lock%s: applications change"
                                + " rows faster than rollback catches up. Nothing was removed, and what is filled stays; run it again"
                                + " at a quieter time")
                        .formatted(
                                table.isSealedAfar() ? 0 : CatchUp.FEW,
                                table.name(),
                                table.isSealedAfar()
                                        ? ", and what a service seals at the far end of a network is never opened behind one"
                                        : ""));
    }
}
