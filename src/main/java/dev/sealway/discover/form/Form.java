package dev.sealway.discover.form;

import java.util.function.Predicate;

/** The forms of values, other than numbers of states. */
public enum Form implements Shape {
    EMAIL("e-mail addresses", Form::email),
    PHONE("telephone numbers", Telephone::unmistakable),
    DIALLABLE("numbers that can be dialled", Telephone::possible),
    E164("telephone numbers with a country's code", Telephone::e164),
    IBAN("IBANs with right check digits", Money::iban),
    BIC("BICs", Money::bic),
    CARD("card numbers of known issuers with right check digits", Money::card),
    IP("IP addresses", Network::ip),
    MAC("MAC addresses", Network::mac),
    COORDINATE("coordinates", Writing::coordinate),
    COORDINATES("pairs of coordinates", Writing::coordinates),
    KEY("keys or tokens of a known form", Credentials::known),
    PASSWORD_HASH("password hashes", Credentials::passwordHash),
    RANDOM("long random texts", Credentials::random),
    OPAQUE("texts that a machine may have made as keys", Credentials::opaque),
    NAME("written like names", Writing::name),
    ADDRESS("written like parts of addresses", Writing::address),
    POSTCODE("written like postcodes", Writing::postcode),
    NUMBER("written like numbers of documents", Writing::number),
    DATE("dates", Writing::date),
    GENDER("words or codes for a gender", Writing::gender),
    SEX("words for a gender", Writing::sex),
    HONORIFIC("forms of address that tell a gender", Writing::honorific),
    HOUSE_NUMBER("written like house numbers", Writing::houseNumber),
    USER_AGENT("names of browsers and their machines", Network::userAgent),
    URL("addresses of pages", value -> value.matches("https?://\\S+")),
    HANDLE("words without blanks", Writing::handle),
    ANY("there", value -> true);

    private final String words;
    private final Predicate<String> rule;

    Form(String words, Predicate<String> rule) {
        this.words = words;
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

    private static boolean email(String value) {
        return value.length() <= 254
                && value.matches("(mailto:)?[^\\s@<>()\",;:]{1,64}@[\\p{L}0-9-]+(\\.[\\p{L}0-9-]+)*\\.[\\p{L}]{2,24}");
    }
}
