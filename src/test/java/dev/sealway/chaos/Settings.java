package dev.sealway.chaos;

/**
 * What the command line may choose: {@code -Dchaos.seed}, {@code -Dchaos.rows}, {@code -Dchaos.faults}, and with
 * {@code -Dchaos.places} about how many boundaries, evenly spread, where time is short.
 */
final class Settings {

    /** Small, so that there are many boundaries. */
    static final int BATCH = 25;

    /** The same in all processes that run tests at once. */
    private static final long SEED = Long.getLong("chaos.seed", Math.floorMod(run().hashCode(), 1_000_000));

    private Settings() {}

    /** Names what is run at once, by one or more processes. */
    static String run() {
        return System.getProperty(
                "chaos.run", "process %d".formatted(ProcessHandle.current().pid()));
    }

    static long seed() {
        return SEED;
    }

    static int rows(int otherwise) {
        return Integer.getInteger("chaos.rows", otherwise);
    }

    static int faults(int otherwise) {
        return Integer.getInteger("chaos.faults", otherwise);
    }

    static int places(int otherwise) {
        return Integer.getInteger("chaos.places", otherwise);
    }
}
