package dev.sealway.vault;

import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** Where a secret is found when it is needed; never holds it. */
final class SecretSource {

    /** Anything else has no place in a header, and what refuses it there would quote it. */
    private static final int FIRST_PRINTABLE = 0x21;

    private static final int LAST_PRINTABLE = 0x7e;

    private interface Reading {
        String read() throws IOException;
    }

    private final String place;
    private final Reading reading;

    private SecretSource(String place, Reading reading) {
        this.place = place;
        this.reading = reading;
    }

    static SecretSource variable(Map<String, String> environment, String name) {
        return new SecretSource("environment variable " + name, () -> environment.getOrDefault(name, ""));
    }

    /** Read anew each time: others may put a fresh secret there. */
    static SecretSource file(String path) {
        return new SecretSource("file " + path, () -> Files.readString(Path.of(path)));
    }

    /** @throws SealwayException if there is none, or it is no printable ASCII; quotes nothing of it */
    String read() {
        String secret;
        try {
            secret = reading.read().strip();
        } catch (IOException | InvalidPathException e) {
            throw SealwayException.failed(
                    "%s, which holds a secret for Vault, cannot be read; check the path and its permissions"
                            .formatted(place));
        }
        if (secret.isEmpty()) {
            throw SealwayException.wrongUsage("%s, which should hold a secret for Vault, is empty".formatted(place));
        }
        if (!secret.chars().allMatch(c -> c >= FIRST_PRINTABLE && c <= LAST_PRINTABLE)) {
            throw SealwayException.wrongUsage(
                    "%s holds characters that no secret of Vault's has; write it there alone, on one line"
                            .formatted(place));
        }
        return secret;
    }

    @Override
    public String toString() {
        return place;
    }
}
