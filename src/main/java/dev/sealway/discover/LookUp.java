package dev.sealway.discover;

import dev.sealway.discover.form.Form;
import dev.sealway.search.Normalizer;
import java.util.Optional;

/** By which values rows are looked up, and how alike two spellings of one are. */
final class LookUp {

    private LookUp() {}

    static Optional<Normalizer> normalizer(Kind kind, Sample sample) {
        return switch (kind) {
            case EMAIL -> Optional.of(Normalizer.EMAIL_1);
            case PHONE -> Optional.of(sample.share(Form.E164).share() == 1 ? Normalizer.E164_1 : Normalizer.DIGITS_1);
            case CARD_NUMBER -> Optional.of(Normalizer.DIGITS_1);
            case IBAN, NATIONAL_ID, TAX_ID, IDENTITY_DOCUMENT, BANK_ACCOUNT -> Optional.of(Normalizer.EXACT_1);
            case ONLINE_ID, MAC_ADDRESS -> Optional.of(Normalizer.LOWER_ASCII_1);
            case BIRTH_DATE,
                    PERSON_NAME,
                    ADDRESS,
                    GENDER,
                    HEALTH,
                    SPECIAL_CATEGORY,
                    PASSWORD_HASH,
                    SECRET,
                    IP_ADDRESS,
                    LOCATION,
                    FREE_TEXT -> Optional.empty();
        };
    }
}
