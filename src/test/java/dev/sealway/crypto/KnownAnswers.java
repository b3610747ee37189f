package dev.sealway.crypto;

import dev.sealway.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The published test vectors, which another implementation of the formats has computed. */
public final class KnownAnswers {

    private static final Map<?, ?> ALL = read("test-vectors.json");
    private static final Map<?, ?> AUDIT = read("audit-vectors.json");

    private KnownAnswers() {}

    /** One vector, with its members by name. */
    public record Answer(Map<?, ?> members) {

        public String text(String name) {
            return (String) members.get(name);
        }

        public int number(String name) {
            return ((BigDecimal) members.get(name)).intValueExact();
        }

        public byte[] bytes(String name) {
            return HexFormat.of().parseHex(text(name));
        }

        public Plaintext utf8(String name) {
            return Plaintext.owning(text(name).getBytes(StandardCharsets.UTF_8));
        }

        public AssociatedData associatedData() {
            Encoding encoding = Encoding.parse(text("encoding"));
            return Optional.ofNullable((List<?>) members.get("row_key"))
                    .map(key -> AssociatedData.ofRow(
                            text("context"),
                            encoding,
                            key.stream().map(String.class::cast).toList()))
                    .orElseGet(() -> AssociatedData.ofColumn(text("context"), encoding));
        }
    }

    public static List<Answer> of(String section) {
        return ((List<?>) ALL.get(section))
                .stream().map(answer -> new Answer((Map<?, ?>) answer)).toList();
    }

    /** The key bundle that the vectors were made with, on one line. */
    public static byte[] bundle() {
        return Json.compact(ALL.get("bundle")).getBytes(StandardCharsets.UTF_8);
    }

    public static String bundleFingerprint() {
        return (String) ALL.get("bundle_fingerprint");
    }

    /** Of the audit trail and the certificate. */
    public static List<Answer> audit(String section) {
        return ((List<?>) AUDIT.get(section))
                .stream().map(answer -> new Answer((Map<?, ?>) answer)).toList();
    }

    /** The key bundle with which the answers of {@link #audit} are signed. */
    public static String auditBundle() {
        return Json.compact(AUDIT.get("bundle"));
    }

    private static Map<?, ?> read(String file) {
        try {
            return (Map<?, ?>) Json.parse(Files.readString(Path.of("docs/reference", file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
