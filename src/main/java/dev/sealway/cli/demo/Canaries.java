package dev.sealway.cli.demo;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Values that stand once in the sample, one in each table, so that any copy of them can be found. */
final class Canaries {
    static final long EMAIL_USER = 1;
    static final String EMAIL = "Canary.c0ffee@Example.com";
    static final long IBAN_USER = 2;
    static final String IBAN = "DE00CANARY0000000002";
    static final long STREET_USER = 3;
    static final String STREET = "Kanarienweg 7c0ffee";
    static final long DOCUMENT_USER = 6;
    static final String DOCUMENT = "CANARY-PASSPORT-0451";
    static final long PASSPHRASE_USER = 10;
    static final String PASSPHRASE = "the canary sings at c0ffee";

    private Canaries() {}

    static List<String> all() {
        return List.of(EMAIL, IBAN, STREET, DOCUMENT, PASSPHRASE);
    }

    /** For LIKE: the values as texts, and as the hexadecimal digits that binary values are shown in. */
    static String[] patterns() {
        return all().stream()
                .flatMap(c -> Stream.of(c, HexFormat.of().formatHex(c.getBytes(StandardCharsets.UTF_8))))
                .map("%%%s%%"::formatted)
                .toArray(String[]::new);
    }
}
