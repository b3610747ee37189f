package dev.sealway.cli.demo;

import dev.sealway.cli.console.Console;

/** Claims, each shown with what was found; one that does not hold fails the whole. Not thread-safe. */
final class Proof {
    private final Console console;
    private int failed;

    Proof(Console console) {
        this.console = console;
    }

    void claim(boolean holds, String claim) {
        if (holds) {
            console.done(claim);
        } else {
            failed++;
            console.error("does not hold: %s".formatted(claim));
        }
    }

    boolean holds() {
        return failed == 0;
    }
}
