package dev.sealway.jpa;

import dev.sealway.Sealway;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where converters, which Hibernate makes by itself, find the application's Sealway. */
final class Keys {

    private static volatile @Nullable Sealway sealway;

    private Keys() {}

    static void hold(Sealway held) {
        sealway = held;
    }

    static Sealway sealway() {
        return Objects.requireNonNull(sealway, "the application has no Sealway yet");
    }
}
