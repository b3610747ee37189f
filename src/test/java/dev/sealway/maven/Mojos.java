package dev.sealway.maven;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;

/** Goals as Maven calls them: their fields are set, and what they say is heard. */
final class Mojos {

    private Mojos() {}

    /** What it said, level by level: {@code warn: …}. */
    static List<String> run(DatabaseGoal goal, Map<String, ?> parameters)
            throws ReflectiveOperationException, MojoFailureException {
        for (var parameter : parameters.entrySet()) {
            set(goal, parameter.getKey(), parameter.getValue());
        }
        var lines = new ArrayList<String>();
        goal.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence content) {
                lines.add("info: " + content);
            }

            @Override
            public void warn(CharSequence content) {
                lines.add("warn: " + content);
            }

            @Override
            public void error(CharSequence content) {
                lines.add("error: " + content);
            }
        });
        goal.execute();
        return lines;
    }

    private static void set(Object goal, String name, Object value) throws ReflectiveOperationException {
        for (Class<?> type = goal.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (var field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    field.set(goal, value);
                    return;
                }
            }
        }
        throw new IllegalArgumentException("%s has no parameter %s".formatted(goal.getClass(), name));
    }
}
