package dev.sealway.discover;

import dev.sealway.discover.form.Form;
import dev.sealway.discover.form.NationalId;
import dev.sealway.discover.form.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a column may hold. */
public enum Kind {
    EMAIL("e-mail address", Proof.by(Form.EMAIL).alone(95, 0.6, 3, Form.EMAIL)),
    PHONE("telephone number", Proof.by(Form.DIALLABLE).alone(80, 0.8, 5, Form.PHONE)),
    IBAN("IBAN", Proof.by(Form.IBAN).alone(97, 0.6, 3, Form.IBAN)),
    CARD_NUMBER("payment card number", Proof.by(Form.CARD).alone(90, 0.9, 8, Form.CARD)),
    NATIONAL_ID(
            "national identity number",
            Proof.by(NationalId.values())
                    .orPlausibly(0.85, Form.NUMBER)
                    .alone(
                            80,
                            0.9,
                            10,
                            Stream.of(NationalId.values())
                                    .filter(NationalId::speaksForItself)
                                    .toArray(Shape[]::new))),
    TAX_ID("tax number", Proof.by(NationalId.values()).orPlausibly(1, Form.NUMBER)),
    IDENTITY_DOCUMENT("number of an identity document", Proof.plausibly(Form.NUMBER)),
    BANK_ACCOUNT(
            "bank account",
            Proof.by(Form.BIC, Form.IBAN).orPlausibly(1, Form.NUMBER).alone(62, 0.9, 10, Form.BIC)),
    BIRTH_DATE("date of birth", Proof.plausibly(Form.DATE)),
    PERSON_NAME("name of a person", Proof.plausibly(Form.NAME).alone(64, 0.4, 10, GivenNames.SHAPE)),
    ADDRESS("postal address", Proof.plausibly(Form.ADDRESS, Form.POSTCODE, Form.HOUSE_NUMBER)),
    GENDER("gender", Proof.by(Form.GENDER).alone(75, 0.9, 3, Form.SEX, Form.HONORIFIC)),
    HEALTH("health", Proof.plausibly(Form.ANY)),
    SPECIAL_CATEGORY("belief, origin or family", Proof.plausibly(Form.ANY)),
    PASSWORD_HASH(
            "password hash",
            Proof.by(Form.PASSWORD_HASH).orPlausibly(1, Form.OPAQUE).alone(98, 0.5, 2, Form.PASSWORD_HASH)),
    SECRET(
            "secret",
            Proof.by(Form.KEY, Form.RANDOM)
                    .orPlausibly(1, Form.OPAQUE, Form.HANDLE)
                    .alone(92, 0.2, 2, Form.KEY)),
    IP_ADDRESS("IP address", Proof.by(Form.IP).alone(85, 0.8, 5, Form.IP)),
    MAC_ADDRESS(
            "address of a device",
            Proof.by(Form.MAC).orPlausibly(0.9, Form.NUMBER).alone(90, 0.8, 3, Form.MAC)),
    LOCATION(
            "geographic position",
            Proof.by(Form.COORDINATES).orPlausibly(1, Form.COORDINATE).alone(75, 0.8, 5, Form.COORDINATES)),
    ONLINE_ID("name on line", Proof.plausibly(Form.HANDLE, Form.URL).alone(70, 0.8, 3, Form.USER_AGENT)),
    FREE_TEXT("free text that mentions people", Proof.plausibly(Form.ANY));

    private final String words;
    private final Proof proof;

    Kind(String words, Proof proof) {
        this.words = words;
        this.proof = proof;
    }

    /** In the singular, for people. */
    public String words() {
        return words;
    }

    Proof proof() {
        return proof;
    }

    /** Whether sealing is the right thing: a password hash is safe as far as a hash can be, and must be compared. */
    public boolean isToBeSealed() {
        return this != PASSWORD_HASH;
    }

    /** Whether values of this kind stand in columns of such a type. */
    boolean standsIn(ValueType type) {
        return switch (type) {
            case TEXT -> true;
            case WHOLE_NUMBER ->
                List.of(
                                PHONE,
                                CARD_NUMBER,
                                NATIONAL_ID,
                                TAX_ID,
                                IDENTITY_DOCUMENT,
                                BANK_ACCOUNT,
                                ADDRESS,
                                GENDER,
                                HEALTH)
                        .contains(this);
            case DECIMAL ->
                List.of(NATIONAL_ID, TAX_ID, LOCATION, HEALTH, BANK_ACCOUNT, PHONE)
                        .contains(this);
            case DATE, MOMENT -> this == BIRTH_DATE || this == HEALTH;
            case TRUTH -> this == HEALTH || this == SPECIAL_CATEGORY;
            case CHOICE -> List.of(GENDER, HEALTH, SPECIAL_CATEGORY).contains(this);
            case BYTES -> this == SECRET || this == PASSWORD_HASH || this == LOCATION;
            case UUID -> this == SECRET;
            case NETWORK -> this == IP_ADDRESS;
            case DEVICE -> this == MAC_ADDRESS;
            case PLACE -> this == LOCATION;
            case JSON, OTHER -> false;
        };
    }

    /** Whether it is a number that some office gave to a person. */
    boolean isNumberOfAPerson() {
        return this == NATIONAL_ID || this == TAX_ID || this == IDENTITY_DOCUMENT || this == BANK_ACCOUNT;
    }

    /** @param id as {@link #id} gives it */
    static Kind parse(String id) {
        return Arrays.stream(values())
                .filter(k -> k.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** {@code national_id}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
