package dev.sealway.residue.disk;

import dev.sealway.error.SealwayException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts that are searched for as bytes. Never shows them: the first is canary 1 in every report. Immutable, thread-safe.
 *
 * <p>They should be short, so that they stay in one page, and rare; a compressed value hides them.
 */
public final class Canaries {

    /** Shorter ones are found by chance in any large file. */
    private static final int SHORTEST = 6;

    private static final int PAIRS = 1 << 16;

    private final List<byte[]> texts = new ArrayList<>();
    private final boolean[] beginnings = new boolean[PAIRS];
    private final Map<Integer, List<Integer>> byBeginning = new HashMap<>();
    private final int longest;

    private Canaries(Collection<String> given) {
        int length = 0;
        for (String text : given) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int pair = pair(bytes, 0);
            beginnings[pair] = true;
            byBeginning.computeIfAbsent(pair, p -> new ArrayList<>()).add(texts.size());
            texts.add(bytes);
            length = Math.max(length, bytes.length);
        }
        this.longest = length;
    }

    /** @throws SealwayException if there is none, or one is so short that chance would find it */
    public static Canaries of(Collection<String> texts) {
        List<String> given = texts.stream().filter(t -> !t.isBlank()).distinct().toList();
        if (given.isEmpty()) {
            throw SealwayException.wrongUsage("no canary is given: name texts that stood in the plaintext");
        }
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i).getBytes(StandardCharsets.UTF_8).length < SHORTEST) {
                throw SealwayException.wrongUsage(
                        "canary %d has fewer than %d bytes and would be found by chance".formatted(i + 1, SHORTEST));
            }
        }
        return new Canaries(given);
    }

    int longest() {
        return longest;
    }

    public int size() {
        return texts.size();
    }

    /**
     * Counts what begins in {@code block[from, until)} and ends in {@code block[0, length)}.
     *
     * @param found gets the number of each canary, in their order
     */
    void count(byte[] block, int until, int length, long[] found) {
        for (int at = 0; at < until && at + 1 < length; at++) {
            int pair = pair(block, at);
            if (beginnings[pair]) {
                for (int canary : byBeginning.getOrDefault(pair, List.of())) {
                    if (stands(texts.get(canary), block, at, length)) {
                        found[canary]++;
                    }
                }
            }
        }
    }

    private static boolean stands(byte[] text, byte[] block, int at, int length) {
        if (at + text.length > length) {
            return false;
        }
        for (int i = 2; i < text.length; i++) {
            if (block[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    private static int pair(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    @Override
    public String toString() {
        return "Canaries[%d]".formatted(texts.size());
    }
}
