package dev.sealway.chaos;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A quiet run of a life, from which it is known what boundaries there are, with a scene as of before each verb. */
final class Recording implements AutoCloseable {

    private final Map<Step, Scene> before = new LinkedHashMap<>();
    private final Map<Step, List<Boundary>> boundaries = new LinkedHashMap<>();

    private Recording() {}

    static Recording of(String url, int rows, List<Step> steps) throws SQLException {
        Recording recording = new Recording();
        Scene scene = Scene.create(url, rows);
        for (Step step : steps) {
            recording.before.put(step, scene);
            scene = scene.copy();
            List<Boundary> heard = Collections.synchronizedList(new ArrayList<>());
            Boundaries listening = new Boundaries((boundary, connection) -> heard.add(boundary));
            listening.enter(step.name());
            Step.Told told = step.run(scene.sealway(listening.over(scene.source(Scene.SEALWAY))));
            if (!told.passed()) {
                throw new AssertionError("%s failed without a fault: %s".formatted(step, told.text()));
            }
            recording.boundaries.put(step, List.copyOf(heard));
        }
        scene.close();
        return recording;
    }

    Scene before(Step step) {
        return before.get(step);
    }

    List<Boundary> boundaries() {
        return boundaries.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public void close() throws SQLException {
        for (Scene scene : before.values()) {
            scene.close();
        }
    }
}
