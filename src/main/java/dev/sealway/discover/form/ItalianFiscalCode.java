package dev.sealway.discover.form;

import java.util.Locale;
import java.util.regex.Pattern;

/** The codice fiscale (D.M. 23 December 1976): letters in odd places count by a table, in even places by their order. */
final class ItalianFiscalCode {

    private static final Pattern FORM =
            Pattern.compile("[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]");
    private static final int[] ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    private ItalianFiscalCode() {}

    static boolean fits(String value) {
        String code = value.toUpperCase(Locale.ROOT);
        if (!FORM.matcher(code).matches()) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char c = code.charAt(i);
            int order = c <= '9' ? c - '0' : c - 'A';
            sum += i % 2 == 0 ? ODD[order] : order;
        }
        return 'A' + sum % 26 == code.charAt(15);
    }
}
