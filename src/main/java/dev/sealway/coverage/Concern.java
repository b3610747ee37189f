package dev.sealway.coverage;

import dev.sealway.error.SealwayException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is looked for, and fails. */
public enum Concern {
    /** A column of the plan is not as far as it should be, or its guard does not stand. */
    PHASE,
    /** A row is stale, does not decrypt, or decrypts to something else. Needs the keys. */
    ROWS,
    /** A column looks like personal data, and is in no plan. */
    UNPLANNED,
    /** Plaintext that should be gone is there. */
    RESIDUE;

    /** As people type it: {@code rows}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param words separated by commas: {@code phase,rows}
     * @throws SealwayException if one of them is no concern, or there is none
     */
    public static Set<Concern> parse(String words) {
        Set<Concern> concerns = EnumSet.noneOf(Concern.class);
        for (String word : words.split(",", -1)) {
            concerns.add(Stream.of(values())
                    .filter(c -> c.word().equals(word.strip().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> SealwayException.wrongUsage("nothing to look for is called '%s'; there are %s"
                            .formatted(
                                    word.strip(),
                                    Stream.of(values()).map(Concern::word).collect(Collectors.joining(", "))))));
        }
        return concerns;
    }
}
