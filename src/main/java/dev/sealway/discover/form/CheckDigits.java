package dev.sealway.discover.form;

import java.util.Arrays;

/** The arithmetic by which numbers betray a slip of the pen. All take ASCII digits, unless they say otherwise. */
final class CheckDigits {

    private static final int[][] VERHOEFF_PERMUTATION = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
        {5, 8, 0, 3, 7, 9, 6, 1, 4, 2},
        {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
        {9, 4, 5, 3, 1, 2, 6, 8, 7, 0},
        {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
        {2, 7, 9, 3, 8, 0, 6, 4, 1, 5},
        {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}
    };

    private CheckDigits() {}

    /** ISO/IEC 7812-1, annex B. */
    static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = at(digits, digits.length() - 1 - i) * (i % 2 == 0 ? 1 : 2);
            sum += digit > 9 ? digit - 9 : digit;
        }
        return sum % 10 == 0;
    }

    /** ISO/IEC 7064 MOD 97-10 over digits and capital letters, which count 10 to 35. */
    static boolean mod97(String text) {
        int rest = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = Character.digit(text.charAt(i), 36);
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        return rest == 1;
    }

    /** ISO/IEC 7064 MOD 11,10. */
    static boolean mod11And10(String digits) {
        int product = 10;
        for (int i = 0; i < digits.length() - 1; i++) {
            int sum = (at(digits, i) + product) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }
        return (11 - product) % 10 == at(digits, digits.length() - 1);
    }

    /** The sum of the first digits, each times its weight. */
    static int weighted(String digits, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += at(digits, i) * weights[i];
        }
        return sum;
    }

    /** J. Verhoeff, 1969: the dihedral group of order ten. */
    static boolean verhoeff(String digits) {
        int check = 0;
        for (int i = 0; i < digits.length(); i++) {
            check = dihedral(check, VERHOEFF_PERMUTATION[i % 8][at(digits, digits.length() - 1 - i)]);
        }
        return check == 0;
    }

    private static int dihedral(int one, int other) {
        if (one < 5) {
            return other < 5 ? (one + other) % 5 : 5 + (one + other - 5) % 5;
        }
        return other < 5 ? 5 + (one - 5 - other + 5) % 5 : (one - other + 5) % 5;
    }

    /** Whether all digits are the same, which passes many sums and is nobody's number. */
    static boolean monotonous(String digits) {
        return digits.chars().distinct().count() == 1;
    }

    static int at(String digits, int index) {
        return digits.charAt(index) - '0';
    }

    /** Whether {@code text} is so many ASCII digits. */
    static boolean digits(String text, int... lengths) {
        return Arrays.stream(lengths).anyMatch(n -> n == text.length())
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Day and month that a calendar has. */
    static boolean dayAndMonth(int day, int month) {
        return day >= 1 && day <= 31 && month >= 1 && month <= 12;
    }

    /** Without what people put in between: blanks, hyphens, dots, slashes. */
    static String bare(String value) {
        return value.replaceAll("[ .\\-/]", "");
    }
}
