package dev.sealway.plan;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The names of what Sealway adds beside a column or a table. */
public final class DerivedNames {

    /** PostgreSQL's NAMEDATALEN less one. */
    private static final int MAX_BYTES = 63;

    private DerivedNames() {}

    /** Not shortened: a plan whose name is too long is refused. */
    public static String encrypted(String column) {
        return column + "_encrypted";
    }

    /** Not shortened: a plan whose name is too long is refused. */
    public static String search(String column) {
        return column + "_search";
    }

    /** Not shortened: a plan whose name is too long is refused. */
    public static String view(String table) {
        return table + "_sealed";
    }

    /** The column of the tokens under another key than the first: {@code email_search_k2}. */
    public static String search(String column, int generation) {
        return numbered(search(column), generation);
    }

    /** What takes the place of {@code original}, an index or a column, when tokens move to another key. */
    public static String numbered(String original, int generation) {
        return shortened(original, "_k" + generation);
    }

    /** The index of a search token, for look-ups, and while plaintext is there for uniqueness. */
    public static String tokenIndex(String table, String searchColumn) {
        return shortened(table + "_" + searchColumn, "_idx");
    }

    /** The index over tokens that stands in for {@code original} as long as the plaintext is there. */
    public static String carriedForNow(String original) {
        return shortened(original, "_search");
    }

    /** The constraint, or index, that takes the place of {@code original} once the plaintext is gone. */
    public static String carried(String original) {
        return shortened(original, "_sealed");
    }

    /** Makes {@code stem + suffix} fit: what is cut off is replaced by a checksum of the whole stem. */
    private static String shortened(String stem, String suffix) {
        if (bytes(stem + suffix) <= MAX_BYTES) {
            return stem + suffix;
        }
        CRC32 crc = new CRC32();
        crc.update(stem.getBytes(StandardCharsets.UTF_8));
        String tail = "_%08x%s".formatted(crc.getValue(), suffix);
        int end = stem.length();
        while (bytes(stem.substring(0, end) + tail) > MAX_BYTES) {
            end = stem.offsetByCodePoints(end, -1);
        }
        return stem.substring(0, end) + tail;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
