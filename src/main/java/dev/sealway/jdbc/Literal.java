package dev.sealway.jdbc;

import java.util.HexFormat;

/**
 * A string constant, for the few statements that take no bind parameters (DDL, COPY, function bodies). Never a value of
 * a row.
 *
 * @param text the constant; no NUL
 */
public record Literal(String text) implements SqlFragment {

    public Literal {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a string constant cannot hold NUL");
        }
    }

    /** A constant of type bytea in its hex form. */
    public static Literal ofBytes(byte[] bytes) {
        return new Literal("\\x%s".formatted(HexFormat.of().formatHex(bytes)));
    }

    /** Quoted; with backslashes in the {@code E''} form, which is right whatever standard_conforming_strings says. */
    @Override
    public String sql() {
        String quoted = text.replace("'", "''");
        return quoted.indexOf('\\') < 0 ? "'" + quoted + "'" : " E'" + quoted.replace("\\", "\\\\") + "'";
    }
}
