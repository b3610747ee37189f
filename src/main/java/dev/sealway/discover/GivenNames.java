package dev.sealway.discover;

import dev.sealway.discover.form.Shape;
import java.util.Arrays;
import java.util.Locale;

/** Names that many people are given, in several languages. */
final class GivenNames {

    static final Shape SHAPE = new Shape() {
        @Override
        public boolean fits(String value) {
            return value.length() <= 60
                    && !value.equals(value.toLowerCase(Locale.ROOT))
                    && Character.isLetter(value.charAt(0))
                    && value.split("[ ,]+").length <= 4
                    && Arrays.stream(value.split("[ ,.]+"))
                            .limit(2)
                            .anyMatch(w -> Lexicon.KNOWN.isGivenName(w.toLowerCase(Locale.ROOT)));
        }

        @Override
        public String words() {
            return "or contain given names of people";
        }
    };

    private GivenNames() {}
}
