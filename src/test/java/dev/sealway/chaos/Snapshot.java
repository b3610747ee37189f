package dev.sealway.chaos;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A scene as it was at some time, from which it can be set again and again. */
final class Snapshot implements AutoCloseable {

    private final Scene.Place place;
    private final String name;
    private final Map<Long, Person> people;

    Snapshot(Scene.Place place, String name, Map<Long, Person> people) {
        this.place = place;
        this.name = name;
        this.people = Map.copyOf(people);
    }

    /** Everything is there for a backfill, and nothing is sealed. */
    static Snapshot expanded(String url, int rows, Sealing sealing) throws SQLException {
        try (Scene scene = Scene.create(url, rows, sealing)) {
            Step.EXPAND.run(scene.sealway(), scene.folder());
            return scene.save();
        }
    }

    /** The same data and the same memory of it. There is one scene of a kind at a time, so the last one is closed by now. */
    Scene open() throws SQLException {
        place.onServer("CREATE DATABASE %s TEMPLATE %s".formatted(place.name(), name));
        Folder.of(name).replace(place.folder());
        Scene scene = new Scene(place, new ConcurrentHashMap<>(people));
        scene.moveIn();
        return scene;
    }

    @Override
    public void close() throws SQLException {
        place.onServer("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
        Folder.of(name).clear();
    }
}
