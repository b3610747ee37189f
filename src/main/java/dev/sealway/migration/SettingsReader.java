package dev.sealway.migration;

import dev.sealway.Sealway;
import dev.sealway.error.SealwayException;
import dev.sealway.migration.MigrationSettings.Backfill;
import dev.sealway.migration.MigrationSettings.UnconfirmedDrop;
import dev.sealway.plan.DidYouMean;
import dev.sealway.plan.Plan;
import dev.sealway.plan.SoakTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Reads Sealway's own settings among a tool's, and collects what is wrong with them.
 *
 * <p>Capitals, dots, hyphens and underscores do not count in a key: {@code FLYWAY_PLACEHOLDERS_SEALWAY_CONFIRMDROP} in
 * the environment arrives as {@code sealway_confirmdrop}. Not thread-safe.
 */
final class SettingsReader {

    private static final String PREFIX = "sealway.";

    /** By the key in small letters, without separators. */
    private static final Map<String, String> KEYS = known(
            "sealway.plan",
            "sealway.batchSize",
            "sealway.workers",
            "sealway.change",
            "sealway.backfill",
            "sealway.confirmDrop",
            "sealway.unconfirmedDrop",
            "sealway.soak",
            "sealway.skipRehearsal",
            "sealway.offlineCopy");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Tool tool;
    private final List<String> faults = new ArrayList<>();

    SettingsReader(Map<String, String> given, Tool tool) {
        this.tool = tool;
        new TreeMap<>(given).forEach(this::take);
    }

    /** The names of all settings, as the documentation spells them. */
    static List<String> names() {
        return List.copyOf(KEYS.values());
    }

    MigrationSettings read() {
        MigrationSettings read = new MigrationSettings(
                value("sealway.plan").orElse(MigrationSettings.DEFAULT_PLAN),
                number("sealway.batchSize", Plan.MAX_BATCH_SIZE),
                number("sealway.workers", Sealway.MOST_WORKERS),
                number("sealway.change", Integer.MAX_VALUE),
                choice("sealway.backfill", Backfill.INLINE),
                value("sealway.confirmDrop"),
                choice("sealway.unconfirmedDrop", UnconfirmedDrop.WAIT),
                soak(),
                value("sealway.skipRehearsal"),
                value("sealway.offlineCopy"));
        if (!faults.isEmpty()) {
            throw SealwayException.wrongUsage("the %ss are refused, nothing was changed:%s"
                    .formatted(tool.setting(), "\n  " + String.join("\n  ", faults)));
        }
        return read;
    }

    private void take(String key, String value) {
        String dotted = key.toLowerCase(Locale.ROOT).replaceAll("[_-]", ".");
        if (!dotted.startsWith(PREFIX)) {
            return;
        }
        String name = KEYS.get(dotted.replace(".", ""));
        if (name == null) {
            faults.add("%s: unknown %s; %s".formatted(key, tool.setting(), DidYouMean.hint(key, KEYS.values())));
            return;
        }
        String before = values.put(name, value);
        if (before != null && !before.equals(value)) {
            faults.add(
                    "%s: is given twice with different values, here and in another spelling; keep one".formatted(key));
        }
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(v -> !v.isEmpty());
    }

    private OptionalInt number(String name, int most) {
        Optional<String> value = value(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (value.get().matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value.get());
            if (number >= 1 && number <= most) {
                return OptionalInt.of(number);
            }
        }
        faults.add("%s: must be a whole number from 1 to %d".formatted(name, most));
        return OptionalInt.empty();
    }

    private Duration soak() {
        try {
            return value("sealway.soak")
                    .map(v -> SoakTime.parse(v, "sealway.soak"))
                    .orElse(SoakTime.DEFAULT);
        } catch (SealwayException e) {
            faults.add(String.valueOf(e.getMessage()));
            return SoakTime.DEFAULT;
        }
    }

    private <E extends Enum<E>> E choice(String name, E standard) {
        Optional<String> value = value(name);
        if (value.isEmpty()) {
            return standard;
        }
        List<E> all = List.of(standard.getDeclaringClass().getEnumConstants());
        Optional<E> chosen =
                all.stream().filter(e -> word(e).equals(value.get())).findFirst();
        if (chosen.isEmpty()) {
            List<String> words = all.stream().map(SettingsReader::word).toList();
            faults.add("%s: unknown value '%s'; %s".formatted(name, value.get(), DidYouMean.hint(value.get(), words)));
        }
        return chosen.orElse(standard);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> known(String... names) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String name : names) {
            keys.put(name.toLowerCase(Locale.ROOT).replace(".", ""), name);
        }
        return keys;
    }
}
