package dev.sealway.cli;

import dev.sealway.Sealway;
import dev.sealway.error.SealwayException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What holds for every command that opens a database, whatever options it has. */
final class Opening {
    private static final String ANCHOR = "SEALWAY_ANCHOR";
    private static final String LEASE = "SEALWAY_LEASE_SECONDS";

    private Opening() {}

    /** The file for heads of the audit trail that the environment names. */
    static Optional<Path> anchor(Surroundings surroundings) {
        return Optional.ofNullable(surroundings.environment().get(ANCHOR))
                .filter(file -> !file.isBlank())
                .map(Path::of);
    }

    /**
     * Opens what can be stopped by a signal, holds its lease as long as the environment says, and tells its audit head.
     *
     * @param anchor where the head is kept
     */
    static Sealway open(
            Sealway.Builder builder, DatabaseOptions database, Optional<Path> anchor, Surroundings surroundings) {
        builder.cancelledBy(surroundings.stopping());
        lease(surroundings.environment()).ifPresent(builder::lease);
        Sealway sealway = builder.on(database.target(surroundings).dataSource());
        surroundings.console().tellsOf(new KeptHead(sealway, anchor));
        return sealway;
    }

    private static Optional<Duration> lease(Map<String, String> environment) {
        Optional<String> seconds = Optional.ofNullable(environment.get(LEASE)).filter(text -> !text.isBlank());
        if (seconds.filter(text -> !text.matches("[1-9][0-9]{0,4}")).isPresent()) {
            throw SealwayException.wrongUsage(
                    "%s is not a number of seconds from 1 to 99999; correct it or leave it out".formatted(LEASE));
        }
        return seconds.map(Integer::parseInt).map(Duration::ofSeconds);
    }
}
