package dev.sealway.chaos;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Quiet runs of lives, from which it is known what boundaries there are, with a snapshot as of before each verb. What lives
 * have in common is run once.
 */
final class Recording implements AutoCloseable {

    /** By all verbs that were run by then. */
    private final Map<List<Step>, Snapshot> after = new LinkedHashMap<>();

    private final Map<List<Step>, List<Boundary>> boundaries = new LinkedHashMap<>();

    private Recording() {}

    static Recording of(String url, int rows, List<List<Step>> lives) throws SQLException {
        Recording recording = new Recording();
        try (Scene scene = Scene.create(url, rows)) {
            recording.after.put(List.of(), scene.save());
        }
        for (List<Step> life : lives) {
            for (int length = 1; length <= life.size(); length++) {
                recording.record(life.subList(0, length));
            }
        }
        return recording;
    }

    private void record(List<Step> steps) throws SQLException {
        if (after.containsKey(steps)) {
            return;
        }
        Step step = steps.get(steps.size() - 1);
        List<Boundary> heard = Collections.synchronizedList(new ArrayList<>());
        Boundaries listening = new Boundaries((boundary, connection) -> heard.add(boundary));
        listening.enter(step.name());
        try (Scene scene = before(steps)) {
            Step.Told told = step.run(scene.sealway(listening.over(scene.source(Scene.SEALWAY))), scene.folder());
            if (!told.passed()) {
                throw new AssertionError("%s failed without a fault: %s".formatted(step, told.text()));
            }
            after.put(List.copyOf(steps), scene.save());
        }
        boundaries.put(List.copyOf(steps), List.copyOf(heard));
    }

    /** The scene as it was before the last of {@code steps}, made ready for it. */
    private Scene before(List<Step> steps) throws SQLException {
        int last = steps.size() - 1;
        Scene scene = after.get(steps.subList(0, last)).open();
        steps.get(last).prepare(scene);
        return scene;
    }

    /** The scene as it was before the verb of a place. */
    Scene before(Place place) throws SQLException {
        return before(place.steps());
    }

    /**
     * All boundaries, each in the first life that has its verb. Where a loop comes by again and again, its first turn and the
     * last stand for all.
     */
    List<Place> places(List<List<Step>> lives) {
        Map<Step, List<Step>> first = new LinkedHashMap<>();
        lives.forEach(life -> life.forEach(step -> first.putIfAbsent(step, life)));
        List<Place> places = new ArrayList<>();
        first.forEach((step, life) -> telling(boundaries.get(life.subList(0, life.indexOf(step) + 1)))
                .forEach(boundary -> places.add(new Place(life, boundary))));
        return places;
    }

    private static List<Boundary> telling(List<Boundary> all) {
        Map<Boundary, Integer> turns = new HashMap<>();
        all.forEach(b -> turns.merge(b.firstTurn(), 1, Integer::sum));
        return all.stream()
                .filter(b -> b.occurrence() == 1 || b.occurrence() == turns.get(b.firstTurn()))
                .toList();
    }

    @Override
    public void close() throws SQLException {
        for (Snapshot snapshot : after.values()) {
            snapshot.close();
        }
    }
}
