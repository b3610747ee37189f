package dev.sealway.chaos;

import dev.sealway.testing.Life;
import java.util.Optional;

/** The key bundle of all scenes: this process's, or the one a worker was started with. */
final class Keys {

    static final String BUNDLE =
            Optional.ofNullable(System.getenv("SEALWAY_KEYS")).orElseGet(Life::freshKeys);

    private Keys() {}
}
