package dev.sealway.discover.form;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Forms that only make sense beside a name that says the same. */
final class Writing {

    private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}\\p{M}'’`.,\\- ]{0,79}");
    private static final Pattern ADDRESS = Pattern.compile("(?=.*\\p{L})[^@{}<>=]{2,250}", Pattern.DOTALL);
    private static final Pattern POSTCODE = Pattern.compile("(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9 -]{2,11}");
    private static final Pattern NUMBER = Pattern.compile("(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9 ./-]{4,39}");
    private static final Pattern DATE = Pattern.compile(
            "(18|19|20)[0-9]{2}[-./]?[01][0-9][-./]?[0-3][0-9]([T ].*)?|[0-3]?[0-9][-./][0-3]?[0-9][-./]([0-9]{2}|(19|20)[0-9]{2})");
    private static final Pattern COORDINATE = Pattern.compile("-?[0-9]{1,3}(\\.[0-9]+)?");
    private static final Pattern COORDINATES = Pattern.compile(
            "(POINT ?)?\\(?(-?[0-9]{1,3}\\.[0-9]{3,})[, ;]+(-?[0-9]{1,3}\\.[0-9]{3,})\\)?", Pattern.CASE_INSENSITIVE);
    private static final Set<String> SEXES = Set.of(
            "male",
            "female",
            "männlich",
            "weiblich",
            "homme",
            "femme",
            "hombre",
            "mujer",
            "masculino",
            "femenino",
            "feminino",
            "erkek",
            "kadın");

    /** Besides {@link #SEXES}. */
    private static final Set<String> OTHER_GENDERS = Set.of(
            "m",
            "f",
            "w",
            "d",
            "x",
            "u",
            "o",
            "n",
            "man",
            "woman",
            "men",
            "women",
            "other",
            "unknown",
            "diverse",
            "divers",
            "nonbinary",
            "non-binary",
            "maennlich",
            "masculin",
            "feminin",
            "féminin",
            "maschio",
            "femmina",
            "kadin",
            "0",
            "1",
            "2",
            "9",
            "mr",
            "mrs",
            "ms",
            "herr",
            "frau",
            "not specified",
            "undisclosed");

    private Writing() {}

    static boolean name(String value) {
        return NAME.matcher(value).matches();
    }

    static boolean address(String value) {
        return ADDRESS.matcher(value).matches() && !value.contains("://");
    }

    static boolean postcode(String value) {
        return POSTCODE.matcher(value).matches();
    }

    static boolean number(String value) {
        return NUMBER.matcher(value).matches();
    }

    static boolean date(String value) {
        return DATE.matcher(value).matches();
    }

    static boolean coordinate(String value) {
        return COORDINATE.matcher(value).matches() && Math.abs(Double.parseDouble(value)) <= 180
                || COORDINATES.matcher(value).matches();
    }

    static boolean coordinates(String value) {
        return COORDINATES.matcher(value).matches();
    }

    static boolean gender(String value) {
        return sex(value) || OTHER_GENDERS.contains(value.toLowerCase(Locale.ROOT));
    }

    static boolean sex(String value) {
        return SEXES.contains(value.toLowerCase(Locale.ROOT));
    }

    static boolean honorific(String value) {
        return value.matches(
                        "(?i)(mr|mrs|ms|miss|mx|dr|prof|herr|frau|mme|mlle|m|sr|sra|srta|sig|bay|bayan|dhr|mevr)\\.?")
                && value.length() > 1;
    }

    static boolean houseNumber(String value) {
        return value.matches("[0-9]{1,5} ?[a-zA-Z]?([-/][0-9]{1,5}[a-zA-Z]?)?");
    }

    static boolean handle(String value) {
        return value.matches("[^\\s/]{2,64}");
    }
}
