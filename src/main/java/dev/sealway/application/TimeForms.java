package dev.sealway.application;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Days and moments in the form of {@code DateStyle=ISO} and {@code TimeZone=UTC}. */
final class TimeForms {

    private static final LocalDate FIRST_DAY = LocalDate.of(-4713, 11, 24);
    private static final LocalDate LAST_DAY = LocalDate.of(5_874_897, 12, 31);
    private static final LocalDate LAST_DAY_OF_MOMENTS = LocalDate.of(294_276, 12, 31);
    private static final int MICROSECONDS = 6;

    private static final Pattern DAY = Pattern.compile("([0-9]{4,7})-([0-9]{2})-([0-9]{2})( BC)?");
    private static final Pattern MOMENT = Pattern.compile(
            "([0-9]{4,6})-([0-9]{2})-([0-9]{2}) ([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{1,6}))?(\\+00)?( BC)?");

    static final ValueForm<LocalDate> DATE = new ValueForm<>() {
        @Override
        public String text(LocalDate value, ColumnType type) {
            require(value, LAST_DAY);
            return day(value) + era(value);
        }

        @Override
        public LocalDate value(String text) {
            return date(matched(DAY, text), 4);
        }
    };

    static final ValueForm<LocalDateTime> TIMESTAMP = new ValueForm<>() {
        @Override
        public String text(LocalDateTime value, ColumnType type) {
            LocalDateTime rounded = rounded(value, type);
            return moment(rounded) + era(rounded.toLocalDate());
        }

        @Override
        public LocalDateTime value(String text) {
            return dateTime(matched(MOMENT, text));
        }
    };

    static final ValueForm<OffsetDateTime> TIMESTAMPTZ = new ValueForm<>() {
        @Override
        public String text(OffsetDateTime value, ColumnType type) {
            LocalDateTime rounded = rounded(inUtc(value), type);
            return "%s+00%s".formatted(moment(rounded), era(rounded.toLocalDate()));
        }

        @Override
        public OffsetDateTime value(String text) {
            Matcher parts = matched(MOMENT, text);
            if (parts.group(8) == null) {
                throw new IllegalArgumentException("a moment is not in UTC");
            }
            return dateTime(parts).atOffset(ZoneOffset.UTC);
        }
    };

    private TimeForms() {}

    private static void require(LocalDate day, LocalDate last) {
        if (day.isBefore(FIRST_DAY) || day.isAfter(last)) {
            throw new IllegalArgumentException("a day is out of PostgreSQL's range");
        }
    }

    /** Year 0 of ISO 8601 is 1 BC. */
    private static String day(LocalDate value) {
        int year = value.getYear() > 0 ? value.getYear() : 1 - value.getYear();
        return String.format(Locale.ROOT, "%04d-%02d-%02d", year, value.getMonthValue(), value.getDayOfMonth());
    }

    private static String era(LocalDate value) {
        return value.getYear() > 0 ? "" : " BC";
    }

    private static LocalDateTime inUtc(OffsetDateTime value) {
        try {
            return value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a day is out of PostgreSQL's range");
        }
    }

    private static LocalDateTime rounded(LocalDateTime value, ColumnType type) {
        long unit = (long) Math.pow(10, 9 - type.modifier(MICROSECONDS));
        // before the rounding, too, which may leave the range of Java's own
        require(value.toLocalDate(), LAST_DAY_OF_MOMENTS);
        LocalDateTime rounded = value.withNano(0).plusNanos((value.getNano() + unit / 2) / unit * unit);
        require(rounded.toLocalDate(), LAST_DAY_OF_MOMENTS);
        return rounded;
    }

    private static String moment(LocalDateTime value) {
        String time = String.format(
                Locale.ROOT,
                "%s %02d:%02d:%02d",
                day(value.toLocalDate()),
                value.getHour(),
                value.getMinute(),
                value.getSecond());
        String fraction =
                String.format(Locale.ROOT, "%06d", value.getNano() / 1000).replaceFirst("0+$", "");
        return fraction.isEmpty() ? time : "%s.%s".formatted(time, fraction);
    }

    private static Matcher matched(Pattern form, String text) {
        Matcher matcher = form.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("infinity, and what is not in ISO form, has no class; open it as TEXT");
        }
        return matcher;
    }

    private static LocalDate date(Matcher parts, int era) {
        int year = Integer.parseInt(parts.group(1));
        try {
            return LocalDate.of(
                    parts.group(era) == null ? year : 1 - year,
                    Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a text is no day of the calendar");
        }
    }

    private static LocalDateTime dateTime(Matcher parts) {
        String fraction = parts.group(7) == null ? "" : parts.group(7);
        try {
            return date(parts, 9)
                    .atTime(
                            Integer.parseInt(parts.group(4)),
                            Integer.parseInt(parts.group(5)),
                            Integer.parseInt(parts.group(6)),
                            1000 * Integer.parseInt((fraction + "000000").substring(0, MICROSECONDS)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a text is no time of a day");
        }
    }
}
