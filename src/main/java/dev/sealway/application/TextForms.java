package dev.sealway.application;

import java.util.HexFormat;
import java.util.UUID;

/** Texts, and what is written as one. */
final class TextForms {

    private static final HexFormat HEX = HexFormat.of();

    static final ValueForm<String> TEXT = new ValueForm<>() {
        @Override
        public String text(String value, ColumnType type) {
            return switch (type.name()) {
                case "character" -> bounded(withoutBlanksAtTheEnd(value), type.modifier(1));
                case "character varying" -> bounded(value, type.modifier(Integer.MAX_VALUE));
                default -> value;
            };
        }

        @Override
        public String value(String text) {
            return text;
        }
    };

    static final ValueForm<UUID> UUID = new ValueForm<>() {
        @Override
        public String text(UUID value, ColumnType type) {
            return value.toString();
        }

        @Override
        public UUID value(String text) {
            try {
                return java.util.UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("a text is no UUID");
            }
        }
    };

    static final ValueForm<byte[]> BYTES = new ValueForm<>() {
        @Override
        public String text(byte[] value, ColumnType type) {
            return "\\x" + HEX.formatHex(value);
        }

        @Override
        public byte[] value(String text) {
            try {
                if (text.startsWith("\\x")) {
                    return HEX.parseHex(text, 2, text.length());
                }
            } catch (IllegalArgumentException ignored) {
                // told below: what the parser says quotes the text
            }
            throw new IllegalArgumentException("a text does not have the form of bytes");
        }
    };

    static final ValueForm<String> JSON = new ValueForm<>() {
        @Override
        public String text(String value, ColumnType type) {
            return type.name().equals("jsonb") ? JsonbText.of(value) : value;
        }

        @Override
        public String value(String text) {
            return text;
        }
    };

    private TextForms() {}

    private static String withoutBlanksAtTheEnd(String value) {
        int end = value.length();
        while (end > 0 && value.charAt(end - 1) == ' ') {
            end--;
        }
        return value.substring(0, end);
    }

    /** The column refused what is longer; nobody else does after its drop. */
    private static String bounded(String value, int most) {
        if (value.codePointCount(0, value.length()) > most) {
            throw new IllegalArgumentException("a text is longer than the column holds");
        }
        return value;
    }
}
