package dev.sealway.doctor;

import dev.sealway.doctor.Finding.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What of this process may write values to disk. */
public final class JvmCheck {

    private JvmCheck() {}

    /** @param arguments with which the JVM was started */
    public static List<Finding> of(List<String> arguments) {
        List<Finding> findings = new ArrayList<>();
        if (arguments.contains("-XX:+HeapDumpOnOutOfMemoryError")) {
            findings.add(Finding.warning(
                    Group.JVM,
                    "-XX:+HeapDumpOnOutOfMemoryError",
                    "a dump of the heap holds keys and values",
                    "-XX:-HeapDumpOnOutOfMemoryError"));
        }
        if (arguments.stream().anyMatch(a -> a.startsWith("-XX:StartFlightRecording"))) {
            findings.add(Finding.warning(
                    Group.JVM,
                    "Flight Recorder is on",
                    "its events quote what was read",
                    "leave it out in production"));
        }
        if (Logger.getLogger("org.postgresql").isLoggable(Level.FINE)) {
            findings.add(Finding.warning(
                    Group.JVM,
                    "the driver's logger org.postgresql is on FINE",
                    "it writes statements with their parameters",
                    "set org.postgresql.level = WARNING"));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(Group.JVM, "no heap dump, recording or driver log is switched on"));
        }
        return findings;
    }
}
