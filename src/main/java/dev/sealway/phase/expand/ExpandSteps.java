package dev.sealway.phase.expand;

import dev.sealway.crypto.CiphertextForm;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Literal;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.ledger.RegisteredColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * What expand does for one column: metadata only, no row is read or written under the lock.
 *
 * <p>A ciphertext does not compress, hence {@code STORAGE EXTERNAL}. The shape check keeps plaintext bytes out of the
 * encrypted column: at least 33 bytes, the first of them 1; of Transit the strict form of its text.
 */
final class ExpandSteps {

    private static final Sql ADD = Sql.of("ALTER TABLE {table} ADD COLUMN {column} {type}");
    private static final Sql BYTEA = Sql.of("pg_catalog.bytea");
    private static final Sql TEXT = Sql.of("pg_catalog.text");
    private static final Sql STORAGE = Sql.of("ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE EXTERNAL");
    private static final Sql COMMENT = Sql.of("COMMENT ON COLUMN {table}.{column} IS {comment}");
    private static final Sql SHAPE = Sql.of("""
            ALTER TABLE {table} ADD CONSTRAINT {check} CHECK ({column} IS NULL
              OR {form}) NOT VALID""");

    private static final Sql BYTES_FORM =
            Sql.of("(pg_catalog.octet_length({column}) >= 33 AND pg_catalog.get_byte({column}, 0) = 1)");
    private static final Sql TEXT_FORM = Sql.of("{column} COLLATE pg_catalog.\"C\" OPERATOR(pg_catalog.~) {pattern}");
    private static final Sql VALIDATE = Sql.of("ALTER TABLE {table} VALIDATE CONSTRAINT {check}");

    private final QualifiedName table;

    ExpandSteps(QualifiedName table) {
        this.table = table;
    }

    /** In one transaction, under a short ACCESS EXCLUSIVE lock. */
    List<ExpandStep> of(RegisteredColumn column) {
        List<ExpandStep> steps = new ArrayList<>();
        Identifier encrypted = column.encrypted();
        steps.add(new ExpandStep(
                "Added column %s.%s".formatted(table, encrypted),
                filled(ADD, encrypted).with("type", type(column))));
        steps.add(quiet(filled(STORAGE, encrypted)));
        steps.add(quiet(commented(encrypted, "sealed value of column %s".formatted(column.plaintext()))));
        steps.add(
                quiet(filled(SHAPE, encrypted).with("check", shapeCheck(column)).with("form", form(column))));
        column.search().ifPresent(search -> {
            steps.add(new ExpandStep(
                    "Added column %s.%s".formatted(table, search.column()),
                    filled(ADD, search.column()).with("type", BYTEA)));
            steps.add(quiet(commented(
                    search.column(),
                    "search token of column %s (%s)".formatted(column.plaintext(), search.normalizer()))));
        });
        return steps;
    }

    /** Afterwards, without blocking writers. */
    Sql validation(RegisteredColumn column) {
        return VALIDATE.with("table", table).with("check", shapeCheck(column));
    }

    private static Sql type(RegisteredColumn column) {
        return switch (column.form()) {
            case BYTES -> BYTEA;
            case TRANSIT_TEXT -> TEXT;
        };
    }

    private static Sql form(RegisteredColumn column) {
        return switch (column.form()) {
            case BYTES -> BYTES_FORM.with("column", column.encrypted());
            case TRANSIT_TEXT ->
                TEXT_FORM
                        .with("column", column.encrypted())
                        .with("pattern", new Literal(CiphertextForm.TRANSIT_PATTERN));
        };
    }

    static Identifier shapeCheck(RegisteredColumn column) {
        return Identifier.of("sealway_shape_" + column.id());
    }

    private Sql filled(Sql sql, Identifier column) {
        return sql.with("table", table).with("column", column);
    }

    private Sql commented(Identifier column, String comment) {
        return filled(COMMENT, column).with("comment", new Literal(comment));
    }

    private static ExpandStep quiet(Sql sql) {
        return new ExpandStep("", sql);
    }
}
