package dev.sealway.progress;

/**
 * Listens to a phase: finished steps, notices, and the advance of long work. Called from the threads that do the work;
 * implementations are thread-safe, quick, and do not throw. Texts name objects and counts, never values.
 */
public interface Progress {

    /** Listens to nothing. */
    Progress NONE = new Progress() {};

    /** A step is done, told in the past tense: {@code Added column public.users.email_encrypted}. */
    default void done(String step) {}

    /** Something a reader should know that stops nothing. */
    default void notice(String text) {}

    /**
     * Long work begins.
     *
     * @param work what, and on which table: {@code backfill public.users}; names the work in what follows
     * @param total rows, perhaps an estimate
     */
    default void began(String work, long total) {}

    /** @param rows done since the last call */
    default void advanced(String work, long rows) {}

    /**
     * A batch is committed; who does not listen here hears of it as {@link #advanced}.
     *
     * @param walked rows of the batch
     * @param written those among them that were changed
     */
    default void committed(String work, long walked, long written) {
        advanced(work, walked);
    }

    default void ended(String work) {}
}
