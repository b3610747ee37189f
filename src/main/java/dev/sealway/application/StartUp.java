package dev.sealway.application;

import dev.sealway.error.SealwayException;

/**
 * What an application does with the columns of its plan before it serves.
 *
 * @param until the last stage
 * @param backfill who encrypts the rows that are there
 */
public record StartUp(Stage until, Backfill backfill) {

    /** Who does the backfill, and what follows it. */
    public enum Backfill {
        /** The start-up itself, which waits until it is done. */
        INLINE,
        /** Somebody else: where it is not complete, the start-up is refused. */
        REQUIRE,
        /** A thread of the application: the start-up goes on as soon as the columns are expanded. */
        BACKGROUND
    }

    /** Everything before the start-up is over; for small tables and for development. */
    public static StartUp inline() {
        return new StartUp(Stage.VERIFY, Backfill.INLINE);
    }

    /** Only expand, and a look at whether a backfill was done elsewhere. */
    public static StartUp require() {
        return new StartUp(Stage.BACKFILL, Backfill.REQUIRE);
    }

    /** Expand now, and the rest while the application serves. */
    public static StartUp background() {
        return new StartUp(Stage.VERIFY, Backfill.BACKGROUND);
    }

    /**
     * @param word {@code inline}, {@code require} or {@code background}, as {@code sealway.backfill} has it
     * @throws SealwayException if it is another
     */
    public static StartUp parse(String word) {
        return switch (word) {
            case "inline" -> inline();
            case "require" -> require();
            case "background" -> background();
            default ->
                throw SealwayException.wrongUsage(
                        "sealway.backfill is '%s'; say inline, require or background".formatted(word));
        };
    }

    public StartUp upTo(Stage stage) {
        return new StartUp(stage, backfill);
    }
}
