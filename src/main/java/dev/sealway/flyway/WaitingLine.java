package dev.sealway.flyway;

import dev.sealway.migration.DropGate.Decision;
import dev.sealway.migration.DropGate.Waits;
import org.flywaydb.core.api.logging.Log;
import org.jspecify.annotations.Nullable;

/** Says why a drop waits, once: Flyway asks before every migration. Not thread-safe. */
final class WaitingLine {

    private final Log log;
    private final String migration;
    private @Nullable Decision said;

    WaitingLine(Log log, String migration) {
        this.log = log;
        this.migration = migration;
    }

    void say(Decision decision) {
        if (decision instanceof Waits waits && !waits.equals(said)) {
            said = waits;
            log.info("%s waits: %s".formatted(migration, waits.why()));
        }
    }
}
