package dev.sealway.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A row of {@code sealway.encryption_migrations}.
 *
 * @param table {@code schema.table}
 * @param rowsTotal empty before the walk begins, an estimate until it ends
 * @param rowsDone rows that need nothing more, as last counted
 * @param rowsDirty as last counted, empty if never
 * @param rowsFailed rows that cannot be sealed until somebody changes them
 * @param percent of the walk, 0 to 100
 * @param rowsPerSecond of the run that walks or walked last
 */
public record ColumnStatus(
        String table,
        String column,
        ColumnPhase phase,
        OptionalLong rowsTotal,
        long rowsDone,
        OptionalLong rowsDirty,
        long rowsFailed,
        double percent,
        OptionalDouble rowsPerSecond,
        Optional<Duration> timeLeft) {}
