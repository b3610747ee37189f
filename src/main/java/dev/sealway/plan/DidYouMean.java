package dev.sealway.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known word was meant by an unknown one, for messages. Thread-safe. */
public final class DidYouMean {

    private DidYouMean() {}

    /** The end of a message about an unknown word: the likely word if there is one, or else all of them. */
    public static String hint(String unknown, Collection<String> known) {
        return nearest(unknown, known)
                .map("did you mean '%s'?"::formatted)
                .orElseGet(() -> "known are " + String.join(", ", known));
    }

    /**
     * The known word that differs least: by one letter in three at most, where capitals, hyphens and underscores do not
     * count.
     */
    public static Optional<String> nearest(String unknown, Collection<String> known) {
        String word = plain(unknown);
        int tolerated = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(k -> distance(word, plain(k)) <= tolerated)
                .min(Comparator.comparingInt((String k) -> distance(word, plain(k)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String plain(String word) {
        String shortened = word.length() > 100 ? word.substring(0, 100) : word;
        return shortened.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Letters put in, left out, replaced, or swapped with their neighbour (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }
}
