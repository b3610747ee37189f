package dev.sealway.cli.pii;

import dev.sealway.plan.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of the chosen types, in rows.
 *
 * @param total of all types
 * @param verified whether every value decrypts and none is left in clear
 * @param backups files that were written before
 */
public record InPlaceReport(List<Type> types, Counts total, boolean verified, List<String> backups) {

    /**
     * @param encrypted rows of which this run encrypted at least one value
     * @param skipped rows that held ciphertexts only, or NULL, before this run
     * @param failed rows that could not be encrypted, or do not decrypt
     */
    public record Counts(long encrypted, long skipped, long failed) {

        private Counts and(Counts other) {
            return new Counts(encrypted + other.encrypted, skipped + other.skipped, failed + other.failed);
        }

        private List<String> lines() {
            return List.of(
                    "Total encrypted: %d".formatted(encrypted),
                    "Skipped (already encrypted): %d".formatted(skipped),
                    "Failed: %d".formatted(failed));
        }
    }

    /** One type. */
    public record Type(String name, TableName table, Counts counts) {}

    public InPlaceReport {
        types = List.copyOf(types);
        backups = List.copyOf(backups);
    }

    static InPlaceReport of(List<Type> types, boolean verified, List<String> backups) {
        Counts total = types.stream().map(Type::counts).reduce(new Counts(0, 0, 0), Counts::and);
        return new InPlaceReport(types, total, verified, backups);
    }

    public boolean passed() {
        return verified && total.failed() == 0;
    }

    /** For people: type by type, then all together. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Type type : types) {
            lines.add("");
            lines.add(type.name());
            type.counts().lines().forEach(line -> lines.add("  " + line));
        }
        lines.add("");
        lines.addAll(total.lines());
        return lines;
    }
}
