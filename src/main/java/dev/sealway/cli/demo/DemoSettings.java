package dev.sealway.cli.demo;

import dev.sealway.jdbc.ConnectionTarget;
import java.util.Optional;

/**
 * How the demo is played.
 *
 * @param rows users; the other tables follow from them
 * @param keep whether the embedded server and the keys are left for a look around
 * @param target the database to use; empty for an embedded one
 */
public record DemoSettings(long rows, boolean keep, Optional<ConnectionTarget> target) {
    /** So that each canary has a row. */
    public static final long FEWEST_ROWS = 20;
}
