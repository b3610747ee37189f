package dev.sealway.chaos;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
                    Step.CONTRACT,
                    Step.PURGE,
                    Step.ROLLBACK_DROP),
            List.of(Step.EXPAND, Step.BACKFILL, Step.VERIFY, Step.CUT_OVER, Step.CONTRACT_CUT_OVER),
            List.of(Step.EXPAND, Step.BACKFILL, Step.VERIFY, Step.CUT_OVER, Step.ROLLBACK_CUT_OVER),
            List.of(Step.EXPAND, Step.BACKFILL, Step.VERIFY, Step.VIEWS, Step.ROLLBACK));

    private Lives() {}

    /** The boundaries of a recorded life, without the verbs of earlier lives. */
    static List<Boundary> places(Recording recording, List<Step> life) {
        Set<String> earlier = ALL.subList(0, ALL.indexOf(life)).stream()
                .flatMap(List::stream)
                .map(Step::name)
                .collect(Collectors.toSet());
        return recording.boundaries().stream()
                .filter(b -> !earlier.contains(b.verb()))
                .toList();
    }

    /** The verb and all that follow it. */
    static List<Step> from(List<Step> life, Step step) {
        return life.subList(life.indexOf(step), life.size());
    }
}
