package dev.sealway.discover.form;

import static dev.sealway.discover.form.CheckDigits.at;
import static dev.sealway.discover.form.CheckDigits.bare;
import static dev.sealway.discover.form.CheckDigits.dayAndMonth;
import static dev.sealway.discover.form.CheckDigits.digits;
import static dev.sealway.discover.form.CheckDigits.luhn;
import static dev.sealway.discover.form.CheckDigits.monotonous;
import static dev.sealway.discover.form.CheckDigits.weighted;

import java.util.Locale;
import java.util.function.Predicate;

/** Numbers by which states know people, each by its own rule. */
public enum NationalId implements Shape {
    US_SSN("US social security numbers", 10, NationalId::ssn),
    GB_NINO("UK national insurance numbers", 1000, NationalId::nino),
    DE_TAX("German tax ids with right check digits", 30, NationalId::germanTax),
    NL_BSN("Dutch citizen service numbers with right check digits", 11, NationalId::bsn),
    ES_DNI("Spanish DNI or NIE with the right letter", 1000, NationalId::dni),
    IT_FISCAL("Italian codici fiscali with the right check letter", 1_000_000, ItalianFiscalCode::fits),
    FR_NIR("French social security numbers with right keys", 1000, NationalId::nir),
    TR_ID("Turkish identity numbers with right check digits", 100, NationalId::turkish),
    BR_CPF("Brazilian CPF with right check digits", 100, NationalId::cpf),
    PL_PESEL("Polish PESEL with right check digits", 100, NationalId::pesel),
    SE_PERSONNUMMER("Swedish personal numbers with right check digits", 100, NationalId::personnummer),
    NO_FODSELSNUMMER("Norwegian identity numbers with right check digits", 1000, NationalId::fodselsnummer),
    FI_HETU("Finnish identity codes with the right check letter", 10_000, NationalId::hetu),
    BE_NUMBER("Belgian national numbers with right check digits", 1000, NationalId::belgian),
    CA_SIN("Canadian social insurance numbers with right check digits", 10, NationalId::sin),
    CH_AHV("Swiss AHV numbers with right check digits", 10_000, NationalId::ahv),
    IN_AADHAAR("Indian Aadhaar numbers with right check digits", 10, NationalId::aadhaar),
    CN_ID("Chinese identity numbers with right check digits", 10_000, NationalId::chinese),
    ZA_ID("South African identity numbers with right check digits", 500, NationalId::southAfrican);

    private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String HETU_LETTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY";

    private final String words;
    private final int odds;
    private final Predicate<String> rule;

    NationalId(String words, int odds, Predicate<String> rule) {
        this.words = words;
        this.odds = odds;
        this.rule = rule;
    }

    @Override
    public boolean fits(String value) {
        return rule.test(value);
    }

    @Override
    public String words() {
        return words;
    }

    /** Whether a column full of them cannot be anything else: fewer than one number in 50 of that length fits by chance. */
    public boolean speaksForItself() {
        return odds >= 50;
    }

    private static boolean ssn(String value) {
        return value.matches("(?!000|666|9)[0-9]{3}([- ])(?!00)[0-9]{2}\\1(?!0000)[0-9]{4}");
    }

    private static boolean nino(String value) {
        return value.toUpperCase(Locale.ROOT)
                .matches(
                        "(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]");
    }

    /** § 139b AO: the first ten digits hold one digit twice or three times, and leave at least one out. */
    private static boolean germanTax(String value) {
        String bare = bare(value);
        if (!digits(bare, 11) || bare.charAt(0) == '0' || !CheckDigits.mod11And10(bare)) {
            return false;
        }
        long different = bare.substring(0, 10).chars().distinct().count();
        return different == 8 || different == 9;
    }

    private static boolean bsn(String value) {
        String bare = bare(value);
        return digits(bare, 9) && !monotonous(bare) && weighted(bare, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0;
    }

    private static boolean dni(String value) {
        String bare = bare(value).toUpperCase(Locale.ROOT);
        if (!bare.matches("[0-9XYZ][0-9]{7}[A-Z]")) {
            return false;
        }
        int number = Integer.parseInt(
                bare.substring(0, 8).replace('X', '0').replace('Y', '1').replace('Z', '2'));
        return DNI_LETTERS.charAt(number % 23) == bare.charAt(8);
    }

    private static boolean nir(String value) {
        String bare = bare(value).toUpperCase(Locale.ROOT);
        if (!bare.matches("[1-478][0-9]{2}(0[1-9]|1[0-2]|[2-9][0-9])(2[AB]|[0-9]{2})[0-9]{8}")) {
            return false;
        }
        long number = Long.parseLong(bare.substring(0, 13).replace("2A", "19").replace("2B", "18"));
        return 97 - number % 97 == Integer.parseInt(bare.substring(13));
    }

    private static boolean turkish(String value) {
        if (!digits(value, 11) || value.charAt(0) == '0') {
            return false;
        }
        int odd = weighted(value, 1, 0, 1, 0, 1, 0, 1, 0, 1);
        int even = weighted(value, 0, 1, 0, 1, 0, 1, 0, 1);
        return Math.floorMod(odd * 7 - even, 10) == at(value, 9) && (odd + even + at(value, 9)) % 10 == at(value, 10);
    }

    private static boolean cpf(String value) {
        String bare = bare(value);
        return digits(bare, 11)
                && !monotonous(bare)
                && weighted(bare, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10 == at(bare, 9)
                && weighted(bare, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10 == at(bare, 10);
    }

    private static boolean pesel(String value) {
        return digits(value, 11)
                && dayAndMonth(number(value, 4, 6), number(value, 2, 4) % 20)
                && weighted(value, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0;
    }

    private static boolean personnummer(String value) {
        String bare = value.replaceAll("[-+ ]", "");
        String ten = bare.length() == 12 ? bare.substring(2) : bare;
        return value.matches("([0-9]{2})?[0-9]{6}[-+ ]?[0-9]{4}")
                && dayAndMonth(number(ten, 4, 6) % 60, number(ten, 2, 4))
                && luhn(ten);
    }

    private static boolean fodselsnummer(String value) {
        String bare = bare(value);
        return digits(bare, 11)
                && dayAndMonth(number(bare, 0, 2) % 40, number(bare, 2, 4) % 40)
                && weighted(bare, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
                && weighted(bare, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }

    private static boolean hetu(String value) {
        if (!value.matches("[0-3][0-9][01][0-9]{3}[-+A-FU-Y][0-9]{3}[0-9A-Y]")) {
            return false;
        }
        int number = Integer.parseInt(value.substring(0, 6) + value.substring(7, 10));
        return HETU_LETTERS.charAt(number % 31) == value.charAt(10);
    }

    /** Those born from 2000 on have a 2 before the number when the rest is taken. */
    private static boolean belgian(String value) {
        String bare = bare(value);
        if (!digits(bare, 11) || !dayAndMonth(number(bare, 4, 6), number(bare, 2, 4))) {
            return false;
        }
        long number = Long.parseLong(bare.substring(0, 9));
        int check = number(bare, 9, 11);
        return 97 - number % 97 == check || 97 - (2_000_000_000L + number) % 97 == check;
    }

    private static boolean sin(String value) {
        return value.matches("[1-79][0-9]{2}([- ]?)[0-9]{3}\\1[0-9]{3}") && luhn(value.replaceAll("[- ]", ""));
    }

    private static boolean ahv(String value) {
        String bare = bare(value);
        return digits(bare, 13)
                && bare.startsWith("756")
                && weighted(bare, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1) % 10 == 0;
    }

    private static boolean aadhaar(String value) {
        return value.matches("[2-9][0-9]{3}([- ]?)[0-9]{4}\\1[0-9]{4}")
                && CheckDigits.verhoeff(value.replaceAll("[- ]", ""));
    }

    private static boolean chinese(String value) {
        if (!value.matches("[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9]{4}[0-9Xx]")) {
            return false;
        }
        int rest = weighted(value, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2) % 11;
        return "10X98765432".charAt(rest) == Character.toUpperCase(value.charAt(17));
    }

    private static boolean southAfrican(String value) {
        return digits(value, 13)
                && dayAndMonth(number(value, 4, 6), number(value, 2, 4))
                && at(value, 10) < 2
                && luhn(value);
    }

    private static int number(String digits, int from, int to) {
        return Integer.parseInt(digits.substring(from, to));
    }
}
