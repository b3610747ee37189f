package dev.sealway.batch;

import java.util.List;
import java.util.stream.Stream;

/**
 * What became of a sealed batch.
 *
 * @param written rows that were still as they had been read
 * @param missed rows that changed or were locked meanwhile; they stay dirty
 * @param bounced keys of written rows that a trigger made dirty again in the same statement
 * @param failures rows that a constraint refused
 */
public record WriteResult(int written, int missed, List<List<String>> bounced, List<FailedRow> failures) {

    static final WriteResult NOTHING = new WriteResult(0, 0, List.of(), List.of());

    public WriteResult {
        bounced = List.copyOf(bounced);
        failures = List.copyOf(failures);
    }

    WriteResult and(WriteResult other) {
        return new WriteResult(
                written + other.written,
                missed + other.missed,
                join(bounced, other.bounced),
                join(failures, other.failures));
    }

    private static <T> List<T> join(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
