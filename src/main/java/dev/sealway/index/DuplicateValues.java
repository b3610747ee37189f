package dev.sealway.index;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.ConcurrentIndex;
import dev.sealway.jdbc.SqlFailure;

/** Tells a UNIQUE that cannot be built from any other failure. */
public final class DuplicateValues {

    private DuplicateValues() {}

    /** @throws SealwayException refused where values repeat */
    public static void refuseWhereItFails(ConcurrentIndex index, Runnable build) {
        try {
            build.run();
        } catch (SqlFailure e) {
            if (!e.isUniqueViolation()) {
                throw e;
            }
            throw SealwayException.refused(
                    ("%s had a UNIQUE named %s, and values repeat now that would break it: they were entered since the plan gave"
                                    + " it up. Nothing is removed; find them (GROUP BY … HAVING count(*) > 1), decide which row"
                                    + " keeps its value, and run it again")
                            .formatted(index.table(), index.name()));
        }
    }
}
