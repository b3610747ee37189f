package dev.sealway.chaos;

import java.util.List;

/** The lives that are broken off at every boundary. A verb that is added to {@link Step} is added here. */
final class Lives {

    /** Each verb is broken off in the first of them that has it. */
    static final List<List<Step>> ALL = List.of(
            List.of(
                    Step.EXPAND,
                    Step.BACKFILL,
                    Step.VERIFY,
                    Step.VIEWS,
                    Step.BACKUP,
                    Step.REHEARSE,
                    Step.CONTRACT,
                    Step.PURGE,
                    Step.ROLLBACK_DROP),
            List.of(
                    Step.EXPAND,
                    Step.BACKFILL,
                    Step.VERIFY,
                    Step.VIEWS,
                    Step.BACKUP,
                    Step.REHEARSE,
                    Step.CONTRACT,
                    Step.RESTORE),
            List.of(Step.EXPAND, Step.BACKFILL, Step.VERIFY, Step.CUT_OVER, Step.CONTRACT_CUT_OVER),
            List.of(Step.EXPAND, Step.BACKFILL, Step.VERIFY, Step.CUT_OVER, Step.ROLLBACK_CUT_OVER),
            List.of(Step.EXPAND, Step.BACKFILL, Step.VERIFY, Step.VIEWS, Step.ROLLBACK));

    private Lives() {}
}
