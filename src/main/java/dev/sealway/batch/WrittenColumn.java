package dev.sealway.batch;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TypeName;
import java.util.Optional;

/**
 * A column that a walk writes.
 *
 * @param text whether the bytes are UTF-8
 * @param unique whether a UNIQUE index may stand on it
 * @param type what the text is cast to, of a column that is not of a text type; the writer holds the outcome against what
 *     was written
 */
public record WrittenColumn(Identifier name, boolean text, boolean unique, Optional<TypeName> type) {

    /** A column of ours: {@code text} or {@code bytea}. */
    static WrittenColumn of(Identifier name, boolean text, boolean unique) {
        return new WrittenColumn(name, text, unique, Optional.empty());
    }

    /** The type of a column that Sealway adds for it. */
    Sql addedType() {
        return Sql.of(text ? "pg_catalog.text" : "pg_catalog.bytea");
    }

    /** The new value, made from an expression of type {@code bytea}; without a cast never cut to the column's length. */
    Sql from(Sql bytes) {
        if (!text) {
            return bytes;
        }
        Sql converted = Sql.of("pg_catalog.convert_from({bytes}, 'UTF8')").with("bytes", bytes);
        return type.map(t -> Sql.of("{text}::{type}").with("text", converted).with("type", t))
                .orElse(converted);
    }
}
