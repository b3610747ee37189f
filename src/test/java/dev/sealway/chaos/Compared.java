package dev.sealway.chaos;

import java.util.List;

/**
 * What a comparison found; places name rows by their key, never by what is in them.
 *
 * @param twice places whose ciphertext opens to a ciphertext
 */
record Compared(long rows, List<String> lost, List<String> stale, List<String> twice) {

    Compared {
        lost = List.copyOf(lost);
        stale = List.copyOf(stale);
        twice = List.copyOf(twice);
    }

    boolean isRight() {
        return lost.isEmpty() && stale.isEmpty() && twice.isEmpty();
    }

    @Override
    public String toString() {
        return "%d rows; lost %s; stale %s; sealed twice %s".formatted(rows, some(lost), some(stale), some(twice));
    }

    private static String some(List<String> places) {
        return "%d %s".formatted(places.size(), places.subList(0, Math.min(5, places.size())));
    }
}
