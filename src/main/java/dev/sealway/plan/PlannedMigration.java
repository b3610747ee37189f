package dev.sealway.plan;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * What a plan file in a migration folder asks for.
 *
 * @param source where the plan stands
 * @param phases what is to be done, in the order in which it is done
 * @param change the one change of the plan that is meant; empty means what the kind of the migration takes by default
 */
public record PlannedMigration(Source source, Set<Phase> phases, OptionalInt change) {

    /** The phases that a migration can carry out, in their order. */
    public enum Phase {
        EXPAND,
        BACKFILL,
        VERIFY,
        VIEWS,
        CUT_OVER,
        REHEARSE,
        CONTRACT;

        /** What a migration does that says nothing. */
        public static final Set<Phase> DEFAULT = Set.of(EXPAND, BACKFILL, VERIFY, VIEWS, REHEARSE);

        public String word() {
            return name().replace("_", "").toLowerCase(Locale.ROOT);
        }
    }

    /** Where the plan of a migration stands. */
    public sealed interface Source permits Inline, File {}

    /** In the migration's own file. */
    public record Inline(Plan plan) implements Source {}

    /** @param path a file of its own, as the migration names it */
    public record File(String path) implements Source {}

    public PlannedMigration {
        phases = Set.copyOf(phases);
    }

    /** The phases in the order in which they are done. */
    public List<Phase> inOrder() {
        return phases.stream().sorted().toList();
    }

    /**
     * The checksum of phases that are carried out on a plan: it changes when what is to come out changes, and neither
     * with comments nor with other changes of the plan.
     *
     * @param change empty for the whole plan
     */
    public static int checksum(Plan plan, Set<Phase> phases, OptionalInt change) {
        CRC32 crc = new CRC32();
        crc.update(words("sealway/migration/v1"));
        phases.stream().sorted().forEach(phase -> crc.update(words(phase.word())));
        String sums = plan.tables().stream()
                .flatMap(table -> table.columns().stream())
                .map(ColumnPlan::change)
                .filter(c -> change.isEmpty() || change.getAsInt() == c)
                .distinct()
                .sorted()
                .map(c -> "%s:%08x".formatted(c, ChangeChecksum.of(plan, c)))
                .collect(Collectors.joining("\n"));
        crc.update(words(sums));
        return (int) crc.getValue();
    }

    private static byte[] words(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
