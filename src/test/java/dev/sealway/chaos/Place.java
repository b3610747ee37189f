package dev.sealway.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A boundary of a life. */
record Place(List<Step> life, Boundary boundary) {

    Step step() {
        return Step.valueOf(boundary.verb());
    }

    /** The verbs of the life up to this one. */
    List<Step> steps() {
        return life.subList(0, life.indexOf(step()) + 1);
    }

    /** The verbs that follow. */
    List<Step> following() {
        return life.subList(life.indexOf(step()) + 1, life.size());
    }

    /**
     * Some of many: of each verb at least one, and as many more as its share is, evenly spread.
     *
     * @param most about how many in all
     * @param seed decides where the spread begins
     */
    static List<Place> spread(List<Place> all, int most, long seed) {
        if (all.size() <= most) {
            return all;
        }
        Map<Step, List<Place>> byStep = new LinkedHashMap<>();
        all.forEach(place ->
                byStep.computeIfAbsent(place.step(), step -> new ArrayList<>()).add(place));
        List<Place> chosen = new ArrayList<>();
        for (List<Place> places : byStep.values()) {
            int share = Math.max(1, Math.round((float) most * places.size() / all.size()));
            for (int i = 0; i < share; i++) {
                long offset = Math.floorMod(seed, Math.max(1, places.size() / share));
                chosen.add(places.get((int) (((long) i * places.size() / share + offset) % places.size())));
            }
        }
        return chosen;
    }

    @Override
    public String toString() {
        return boundary.toString();
    }
}
