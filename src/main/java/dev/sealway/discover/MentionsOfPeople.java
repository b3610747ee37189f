package dev.sealway.discover;

import dev.sealway.discover.form.Form;
import dev.sealway.discover.form.Shape;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks for addresses and telephone numbers among the words of free texts. */
final class MentionsOfPeople {

    private static final Pattern EMAIL = Pattern.compile("[\\w.+-]{1,64}@[\\w-]+(\\.[\\w-]+)*\\.[a-zA-Z]{2,24}");
    private static final Pattern PHONE = Pattern.compile(
            "(?<![\\w+])\\+[1-9][0-9][0-9 ()/-]{6,18}[0-9]|\\([0-9]{3}\\) ?[0-9]{3}-[0-9]{4}|(?<![\\w-])[2-9][0-9]{2}-[0-9]{3}-[0-9]{4}(?![\\w-])");
    private static final Pattern IBAN = Pattern.compile("\\b[A-Z]{2}[0-9]{2}( ?[A-Z0-9]{4}){3,7}");

    private static final int FEWEST = 2;
    private static final double FEWEST_SHARE = 0.02;

    private static final Shape MENTION = new Shape() {
        @Override
        public boolean fits(String value) {
            return EMAIL.matcher(value).find()
                    || PHONE.matcher(value).find()
                    || IBAN.matcher(value).results().anyMatch(m -> Form.IBAN.fits(m.group()));
        }

        @Override
        public String words() {
            return "or contain e-mail addresses, telephone numbers or IBANs";
        }
    };

    private MentionsOfPeople() {}

    static Optional<Finding> look(ColumnFacts facts) {
        if (facts.type() != ValueType.TEXT) {
            return Optional.empty();
        }
        Sample.Share share = facts.sample().share(MENTION);
        if (share.fitting() < FEWEST || share.share() < FEWEST_SHARE) {
            return Optional.empty();
        }
        return Detector.finding(Kind.FREE_TEXT, (int) Math.min(90, 62 + 60 * share.share()), share.words(), facts);
    }
}
