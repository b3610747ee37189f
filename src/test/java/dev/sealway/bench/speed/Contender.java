package dev.sealway.bench.speed;

import java.util.Map;

/** One way to do the work. */
interface Contender {

    /** What it is called in tables; unique. */
    String name();

    /** One of how many rows it gets: all, unless it is slow, or there for comparison alone. */
    default int share() {
        return 1;
    }

    /**
     * Does the work on a fresh table.
     *
     * @param count how many rows the table has
     * @return seconds by what was measured: one entry under its own name, or several
     */
    Map<String, Double> run(Users users, int count) throws Exception;
}
