package dev.sealway.bench.speed;

import java.util.Map;

/** One way to do the work. */
interface Contender {

    /** What it is called in tables; unique. */
    String name();

    /** Whether its cost per row is such that a tenth of the rows will do. */
    default boolean slow() {
        return false;
    }

    /**
     * Does the work on a fresh table.
     *
     * @param count how many rows the table has
     * @return seconds by what was measured: one entry under its own name, or several
     */
    Map<String, Double> run(Users users, int count) throws Exception;
}
