package dev.sealway.chaos;

import java.util.concurrent.ThreadLocalRandom;

/** What the command line may choose: {@code -Dchaos.seed}, {@code -Dchaos.rows}, {@code -Dchaos.faults}. */
final class Settings {

    /** Small, so that there are many boundaries. */
    static final int BATCH = 25;

    private static final long SEED =
            Long.getLong("chaos.seed", ThreadLocalRandom.current().nextLong(1_000_000));

    private Settings() {}

    static long seed() {
        return SEED;
    }

    static int rows(int otherwise) {
        return Integer.getInteger("chaos.rows", otherwise);
    }

    static int faults(int otherwise) {
        return Integer.getInteger("chaos.faults", otherwise);
    }
}
