package dev.sealway.chaos;

import java.util.List;

/** The lives that are broken off at every boundary. A verb that is added to {@link Step} is added here. */
final class Lives {

    static final List<Step> FORWARD =
            List.of(Step.EXPAND, Step.BACKFILL, Step.VERIFY, Step.VIEWS, Step.BACKUP, Step.CONTRACT, Step.PURGE);
    static final List<Step> BACK = List.of(Step.EXPAND, Step.BACKFILL, Step.VERIFY, Step.VIEWS, Step.ROLLBACK);

    private Lives() {}

    /** The verb and all that follow it. */
    static List<Step> from(List<Step> life, Step step) {
        return life.subList(life.indexOf(step), life.size());
    }
}
