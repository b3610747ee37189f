package dev.sealway.discover.form;

import java.util.regex.Pattern;

/** Telephone numbers as machines and people write them. */
final class Telephone {

    private static final Pattern FORM = Pattern.compile("\\+?[0-9() ./-]{6,24}( ?(x|ext\\.?) ?[0-9]{1,6})?");
    private static final Pattern PLAIN_FORM = Pattern.compile(
            "\\([0-9]{2,5}\\) ?[0-9]{2,4}[ .-]?[0-9]{2,5}([ .-]?[0-9]{2,4})?|[2-9][0-9]{2}[-. ][0-9]{3}[-. ][0-9]{4}( ?(x|ext\\.?) ?[0-9]{1,6})?|0[0-9]{2,4}[ /-][0-9]{3,8}"
                    + "|0[0-9]( [0-9]{2}){4}");
    private static final Pattern OTHER = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}|[0-9]+\\.[0-9]+|97[89][- ].*"
                    + "|[0-9]{3}-[0-9]{2}-[0-9]{4}|[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private Telephone() {}

    /** With the country's code, or with brackets and gaps where nobody but a telephone has them. */
    static boolean unmistakable(String value) {
        boolean international = value.matches("(\\+|00)[1-9][0-9() ./-]{6,20}( ?(x|ext\\.?) ?[0-9]{1,6})?")
                && count(value) >= 8
                && count(value) <= 17;
        return international
                || (PLAIN_FORM.matcher(value).matches() && !OTHER.matcher(value).matches());
    }

    /** Whatever can be dialled. */
    static boolean possible(String value) {
        return unmistakable(value)
                || (FORM.matcher(value).matches()
                        && !OTHER.matcher(value).matches()
                        && count(value) >= 6
                        && count(value) <= 16);
    }

    static boolean e164(String value) {
        return value.replaceAll("[ ().-]", "").matches("\\+[0-9]{8,15}");
    }

    private static long count(String value) {
        return value.chars().filter(c -> c >= '0' && c <= '9').count();
    }
}
