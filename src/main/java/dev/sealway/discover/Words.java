package dev.sealway.discover;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Names of objects as words, whatever style they are written in. */
final class Words {

    private Words() {}

    /** {@code billingFirstName2} is billing, first, name; accents go, and so do numbers. */
    static List<String> of(String name) {
        String plain = Normalizer.normalize(name.replace("ß", "ss").replace("ı", "i"), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "");
        String spaced = plain.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ");
        return Arrays.stream(spaced.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
                .map(w ->
                        w.matches("ipv[46]|icd10|last4|zip4|cvv2|oauth2|idp") ? w : w.replaceAll("[0-9]+$|^[0-9]+", ""))
                .filter(w -> !w.isEmpty())
                .toList();
    }

    /** A word in the singular, more or less. */
    static String singular(String word) {
        if (word.endsWith("ies") && word.length() > 4) {
            return word.substring(0, word.length() - 3) + "y";
        }
        return word.endsWith("s") && !word.endsWith("ss") && word.length() > 3
                ? word.substring(0, word.length() - 1)
                : word;
    }
}
