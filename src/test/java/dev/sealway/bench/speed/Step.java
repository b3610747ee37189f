package dev.sealway.bench.speed;

import java.util.Locale;
import java.util.concurrent.Callable;

/** Tells on the standard error what took how long, so that whoever waits for the bench sees where its time goes. */
final class Step {

    private Step() {}

    static <T> T timed(String words, Callable<T> step) throws Exception {
        long start = System.nanoTime();
        T result = step.call();
        System.err.printf(Locale.ROOT, "%8.1f s  %s%n", (System.nanoTime() - start) / 1e9, words);
        return result;
    }
}
