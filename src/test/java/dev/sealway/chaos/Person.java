package dev.sealway.chaos;

import java.util.Optional;

/**
 * What a row of {@code people} must say.
 *
 * @param version grows with every write of the row, and tells afterwards whether a write was committed
 */
record Person(Optional<String> email, String name, long version) {

    /** Begins every value: where it turns up, plaintext turned up. */
    static final String CANARY = "chaos7c1e";

    Optional<String> value(String column) {
        return switch (column) {
            case "email" -> email;
            case "name" -> Optional.of(name);
            default -> throw new IllegalArgumentException("people have no " + column);
        };
    }

    /** Values are no secret in these tests, but what prints them would be one where they are. */
    @Override
    public String toString() {
        return "Person[version %d]".formatted(version);
    }
}
