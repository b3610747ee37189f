package dev.sealway.application;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TypeName;
import dev.sealway.workflow.SealedField;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The way to a value: what one phase selects, and the reading of it. From the encrypted column wherever that holds a value,
 * from the plaintext while the row is dirty. Immutable.
 *
 * @param <T> the class of the value
 */
public final class Reading<T> {

    private static final Sql TEXT = Sql.of("{alias}{column}::pg_catalog.text");
    private static final Sql HEX = Sql.of("'\\x' || pg_catalog.encode({alias}{column}, 'hex')");

    /** In UTC whatever the session's zone is: as it is sealed. */
    private static final Sql UTC = Sql.of("""
            CASE WHEN pg_catalog.isfinite({alias}{column}) THEN pg_catalog.regexp_replace(\
            pg_catalog.timezone('UTC', {alias}{column})::pg_catalog.text, '( BC)?$', '+00\\1') \
            ELSE {alias}{column}::pg_catalog.text END""");

    private static final Sql ENCRYPTED = Sql.of("{alias}{encrypted}");
    private static final Sql WHILE_DIRTY = Sql.of("CASE WHEN {alias}{encrypted} IS NULL THEN {plaintext} END");
    private static final Sql BOTH = Sql.of("{ciphertext}, {fallback}");

    private final SealedColumn<T> column;
    private final SealedField now;
    private final Residence residence;
    private final Sql alias;

    /** @param alias what stands before a column's name: nothing, or a name and a dot */
    Reading(SealedColumn<T> column, SealedField now, Sql alias) {
        this.column = column;
        this.now = now;
        this.residence = Residence.of(now.phase());
        this.alias = alias;
    }

    /** What to select: one or two expressions, see {@link #width}. */
    public String columns() {
        return switch (residence) {
            case PLAINTEXT -> plaintext().sql();
            case BOTH ->
                BOTH.with("ciphertext", ciphertext())
                        .with(
                                "fallback",
                                WHILE_DIRTY
                                        .with("alias", alias)
                                        .with("encrypted", now.encrypted())
                                        .with("plaintext", plaintext()))
                        .sql();
            case ENCRYPTED -> ciphertext().sql();
        };
    }

    /** How many columns of the result {@link #columns} are. */
    public int width() {
        return residence == Residence.BOTH ? 2 : 1;
    }

    /**
     * @param from the number of the first of {@link #columns} in the result
     * @param rowKey as in {@link SealedColumn#seal}
     * @throws dev.sealway.crypto.OpenFailedException if the ciphertext does not belong here
     */
    public @Nullable T value(ResultSet row, int from, String... rowKey) throws SQLException {
        return switch (residence) {
            case PLAINTEXT -> clear(row, from);
            case ENCRYPTED -> opened(row, from, rowKey);
            case BOTH -> {
                T value = opened(row, from, rowKey);
                yield value == null ? clear(row, from + 1) : value;
            }
        };
    }

    private @Nullable T clear(ResultSet row, int at) throws SQLException {
        String text = row.getString(at);
        return text == null ? null : column.value(text);
    }

    /** As the column was when the statement was made: it may have been rolled back since. */
    private @Nullable T opened(ResultSet row, int at, String... rowKey) throws SQLException {
        byte[] ciphertext = now.isText() ? utf8(row.getString(at)) : row.getBytes(at);
        return ciphertext == null ? null : column.opened(now, ciphertext, rowKey);
    }

    private static byte @Nullable [] utf8(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private Sql ciphertext() {
        return ENCRYPTED.with("alias", alias).with("encrypted", now.encrypted());
    }

    private Sql plaintext() {
        Sql form =
                switch (now.type().map(TypeName::sql).orElse("").replaceFirst("\\(.*\\)", "")) {
                    case "bytea" -> HEX;
                    case "timestamp with time zone" -> UTC;
                    default -> TEXT;
                };
        return form.with("alias", alias).with("column", now.plaintext());
    }
}
