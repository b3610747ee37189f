package dev.sealway.control;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run that is to begin.
 *
 * @param tables the names of its tables by their oids; leases are taken in this order, so that two runs do not wait for
 *     each other
 */
public record RunRequest(String verb, String plan, SortedMap<Long, String> tables) {

    public RunRequest {
        tables = new TreeMap<>(tables);
    }
}
