package dev.sealway.plan;

import dev.sealway.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * The words a person must say before plaintext is dropped: {@code drop <plan> <n> columns <8 hex digits>}.
 *
 * <p>The digits are the first four bytes of SHA-256 over the plan's name and the sorted {@code schema.table.column}
 * names, each followed by a line feed, in UTF-8. A phrase is worthless for any other set of columns.
 */
public record ConfirmationPhrase(String text) {

    public static ConfirmationPhrase of(String planName, Collection<String> columns) {
        TreeSet<String> sorted = new TreeSet<>(columns);
        MessageDigest sha256 = Sha256.begin();
        sha256.update(line(planName));
        sorted.forEach(c -> sha256.update(line(c)));
        String digits = HexFormat.of().formatHex(sha256.digest(), 0, 4);
        return new ConfirmationPhrase("drop %s %s columns %s".formatted(planName, sorted.size(), digits));
    }

    /**
     * What confirms dropping the columns of old search tokens: {@code drop token column <schema.table.column>}, several in
     * order with commas between them.
     */
    public static ConfirmationPhrase ofTokenColumns(Collection<String> columns) {
        return new ConfirmationPhrase("drop token column %s".formatted(String.join(", ", new TreeSet<>(columns))));
    }

    /** Whether a person said exactly this; surrounding blanks are forgiven. */
    public boolean isSaidBy(String words) {
        return text.equals(words.strip());
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return text;
    }
}
