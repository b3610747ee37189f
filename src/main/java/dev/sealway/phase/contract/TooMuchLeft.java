package dev.sealway.phase.contract;

import dev.sealway.batch.CatchUp;
import dev.sealway.batch.WalkedTable;
import dev.sealway.error.SealwayException;

/** Too much is left to be done behind a lock; everything was rolled back, and catching up again may help. */
final class TooMuchLeft extends SealwayException {

    private static final long serialVersionUID = 1L;

    private TooMuchLeft(String message) {
        super(Outcome.FAILED, message);
    }

    /** @param what the rows are, as {@code not encrypted} */
    static TooMuchLeft of(WalkedTable table, String what) {
        return new TooMuchLeft(
                table.isSealedAfar()
                        ? ("rows of %s are %s at the moment of the lock, and none may be: what a service seals at the far end of"
                                        + " a network is never sealed or opened behind a lock. Applications change rows faster than"
                                        + " contract catches up. Nothing was dropped; run it again at a quieter time, or stop the"
                                        + " writers for a moment")
                                .formatted(table.name(), what)
                        : ("more than %d rows of %s are %s, which is too much to do behind the lock: applications change rows"
                                        + " faster than contract catches up. Nothing was dropped; run it again at a quieter time")
                                .formatted(CatchUp.FEW, table.name(), what));
    }
}
