package dev.sealway.cli.demo;

import java.util.SplittableRandom;
import java.util.UUID;

/** Random values that are the same in every run: each row has a lottery of its own. Not thread-safe. */
final class Lottery {
    private static final long SEED = 20_260_101L;

    private final SplittableRandom random;

    private Lottery(long seed) {
        this.random = new SplittableRandom(seed);
    }

    static Lottery of(String table, long row) {
        return new Lottery(SEED * 31 + table.hashCode() * 1_000_003L + row);
    }

    /** True once in {@code odds} draws on average. */
    boolean onceIn(int odds) {
        return random.nextInt(odds) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long between(long first, long bound) {
        return random.nextLong(first, bound);
    }

    String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    String digits(int count) {
        StringBuilder digits = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
