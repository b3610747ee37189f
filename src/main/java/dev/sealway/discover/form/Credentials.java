package dev.sealway.discover.form;

import java.util.Locale;
import java.util.regex.Pattern;

/** What opens doors. */
final class Credentials {

    private static final Pattern KNOWN = Pattern.compile(
            "(sk|rk|whsec)_[A-Za-z0-9_]{16,}|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\\w{30,}|glpat-[\\w-]{18,}"
                    + "|xox[abeprs]-[\\w-]{10,}|(AKIA|ASIA)[A-Z0-9]{16}|AIza[\\w-]{35}|ya29\\.[\\w-]{20,}"
                    + "|SG\\.[\\w-]{16,}\\.[\\w-]{16,}|npm_[A-Za-z0-9]{30,}|hvs\\.[\\w-]{20,}|dop_v1_[0-9a-f]{60,}"
                    + "|shp(at|ss|ca|pa)_[0-9a-fA-F]{30,}|sq0[a-z]{3}-[\\w-]{20,}|key-[0-9a-f]{32}");
    private static final Pattern JWT = Pattern.compile("eyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*");
    private static final Pattern HASH = Pattern.compile(
            "\\$2[abxy]?\\$[0-9]{2}\\$[./A-Za-z0-9]{40,}"
                    + "|\\$argon2(id|i|d)\\$.+|\\$(1|5|6|7|y|gy|scrypt|pbkdf2[\\w-]*|apr1|P|H|S)\\$.{8,}|\\$[PHS]\\$.{20,}"
                    + "|pbkdf2[_:][\\w:]+\\$.+|(argon2|bcrypt|scrypt)[\\w:]*\\$.+|\\{(S?SHA|SSHA256|SSHA512|CRYPT|BCRYPT)}.+"
                    + "|sha(1|256|512)?\\$[^$]+\\$[0-9a-fA-F]{32,}|SCRAM-SHA-(1|256)\\$.+|[0-9a-f]{32,64}:[^: ]{2,64}(:[0-9])?");
    private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9+/_=-]{24,}");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F-]+");

    private static final double RANDOM_BITS = 3.9;

    private Credentials() {}

    static boolean known(String value) {
        return KNOWN.matcher(value).matches()
                || JWT.matcher(value).matches()
                || (value.startsWith("-----BEGIN ") && value.contains("PRIVATE KEY"));
    }

    static boolean passwordHash(String value) {
        return HASH.matcher(value).matches();
    }

    /** Long, without blanks, and as irregular as only machines write; hexadecimal digests and UUIDs are not meant. */
    static boolean random(String value) {
        return OPAQUE.matcher(value).matches()
                && !HEX.matcher(value).matches()
                && value.chars().anyMatch(Character::isDigit)
                && !value.equals(value.toLowerCase(Locale.ROOT))
                && !value.equals(value.toUpperCase(Locale.ROOT))
                && bitsPerCharacter(value) > RANDOM_BITS;
    }

    /** Anything a machine may have made as a key, hexadecimal digits too. */
    static boolean opaque(String value) {
        return value.length() >= 8 && value.matches("[!-~]+") && bitsPerCharacter(value) > 2.5;
    }

    /** Shannon's entropy of the characters of one value. */
    private static double bitsPerCharacter(String value) {
        int[] counts = new int[128];
        value.chars().forEach(c -> counts[c % 128]++);
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / value.length();
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
