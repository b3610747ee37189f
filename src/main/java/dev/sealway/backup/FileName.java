package dev.sealway.backup;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The name of a backup's file: for people only, everything it says stands in the file too. */
final class FileName {

    private static final int LONGEST_PART = 40;
    private static final int DIGITS_OF_ID = 8;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private FileName() {}

    /** {@code shop-public.customers-20260131T235959Z-1a2b3c4d.backup}. */
    static String of(BackupDescription backup) {
        return "%s-%s.%s-%s-%s.backup"
                .formatted(
                        plain(backup.origin().plan()),
                        plain(backup.table().schema()),
                        plain(backup.table().table()),
                        TIME.format(backup.takenAt()),
                        backup.id().substring(0, DIGITS_OF_ID));
    }

    /** Names may hold anything, also what leads out of the directory. */
    private static String plain(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
        return plain.substring(0, Math.min(LONGEST_PART, plain.length()));
    }
}
