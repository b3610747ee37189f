package dev.sealway.bench;

import java.util.Locale;

/** Numbers as people read them; a dash for what is not a number. */
public final class Figure {

    private Figure() {}

    /** Without decimals, in groups of three. */
    public static String whole(double value) {
        return of("%,.0f", value);
    }

    /** @param decimals how many */
    public static String decimal(int decimals, double value) {
        return of("%%.%df".formatted(decimals), value);
    }

    /** With as many decimals as tell something. */
    public static String ratio(double value) {
        return decimal(value >= 10 ? 0 : 2, value);
    }

    private static String of(String form, double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, form, value);
    }
}
