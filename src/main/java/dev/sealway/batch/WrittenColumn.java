package dev.sealway.batch;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;

/**
 * A column that a walk writes.
 *
 * @param text whether it is of a text type, for which the bytes are UTF-8
 * @param unique whether a UNIQUE index may stand on it
 */
public record WrittenColumn(Identifier name, boolean text, boolean unique) {

    /** The type of a column that Sealway adds for it. */
    Sql type() {
        return Sql.of(text ? "pg_catalog.text" : "pg_catalog.bytea");
    }

    /** The new value, made from an expression of type {@code bytea}; never cut to the column's length in silence. */
    Sql from(Sql bytes) {
        return text ? Sql.of("pg_catalog.convert_from({bytes}, 'UTF8')").with("bytes", bytes) : bytes;
    }
}
