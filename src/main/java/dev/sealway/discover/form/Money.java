package dev.sealway.discover.form;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Numbers of accounts and cards. */
final class Money {

    /** The length of the IBAN of each country, as the SWIFT registry has it. */
    private static final Map<String, Integer> IBAN_LENGTHS = Stream.of(
                    ("AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 "
                                    + "EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 "
                                    + "IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 "
                                    + "MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 "
                                    + "SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20")
                            .split(" "))
            .collect(Collectors.toMap(e -> e.substring(0, 2), e -> Integer.parseInt(e.substring(2))));

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private Money() {}

    static boolean iban(String value) {
        String bare = value.replace(" ", "").toUpperCase(Locale.ROOT);
        return bare.matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,28}")
                && IBAN_LENGTHS.getOrDefault(bare.substring(0, 2), 0) == bare.length()
                && CheckDigits.mod97(bare.substring(4) + bare.substring(0, 4));
    }

    static boolean bic(String value) {
        return value.matches("[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?") && COUNTRIES.contains(value.substring(4, 6));
    }

    static boolean card(String value) {
        String bare = value.replaceAll("[ -]", "");
        return CheckDigits.digits(bare, 13, 14, 15, 16, 18, 19)
                && value.matches("[0-9]+([ -][0-9]{3,6}){0,4}")
                && issued(bare)
                && CheckDigits.luhn(bare);
    }

    /** By the issuers' ranges, each with its own lengths. */
    private static boolean issued(String digits) {
        int two = Integer.parseInt(digits.substring(0, 2));
        int four = Integer.parseInt(digits.substring(0, 4));
        return switch (digits.length()) {
            case 13 -> digits.charAt(0) == '4';
            case 14 -> two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059);
            case 15 -> two == 34 || two == 37;
            case 16 ->
                digits.charAt(0) == '4'
                        || (two >= 51 && two <= 55)
                        || (four >= 2221 && four <= 2720)
                        || (four >= 3528 && four <= 3589)
                        || four == 6011
                        || (four >= 6440 && four <= 6599)
                        || two == 62;
            default -> digits.charAt(0) == '4' || two == 62;
        };
    }
}
