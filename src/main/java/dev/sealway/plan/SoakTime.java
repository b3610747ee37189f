package dev.sealway.plan;

import dev.sealway.error.SealwayException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For how long no legacy writer may have been seen before a cut over. */
public final class SoakTime {

    /** A day: most batch jobs come by once in it. */
    public static final Duration DEFAULT = Duration.ofHours(24);

    private static final Duration LONGEST = Duration.ofDays(60);
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,6})([smhd])");

    private SoakTime() {}

    /**
     * Reads {@code 24h}, {@code 30m}, {@code 7d}, {@code 90s}, {@code 0}, or a duration of ISO 8601 such as {@code PT24H}.
     *
     * @param name of the option, for messages
     * @throws SealwayException if it is something else, or longer than 60 days: what was seen is kept for 90
     */
    public static Duration parse(String text, String name) {
        Duration time = read(text.strip(), name);
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw SealwayException.wrongUsage("%s: must be from 0 to 60d".formatted(name));
        }
        return time;
    }

    private static Duration read(String text, String name) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = SHORT.matcher(text.toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException notIso) {
            throw SealwayException.wrongUsage("%s: '%s' is no time; write 24h, 30m, 7d or PT24H".formatted(name, text));
        }
    }
}
