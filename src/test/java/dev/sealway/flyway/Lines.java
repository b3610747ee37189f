package dev.sealway.flyway;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.flywaydb.core.api.logging.Log;

/** A log of Flyway's that keeps its lines; only what the tests read is told apart. */
final class Lines implements Log {

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    List<String> told() {
        return List.copyOf(lines);
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {
        lines.add(message);
    }

    @Override
    public void warn(String message) {
        lines.add(message);
    }

    @Override
    public void error(String message) {
        lines.add(message);
    }

    @Override
    public void error(String message, Exception e) {
        lines.add(message);
    }

    @Override
    public void notice(String message) {
        lines.add(message);
    }
}
