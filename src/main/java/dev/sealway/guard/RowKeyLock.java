package dev.sealway.guard;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Literal;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.List;

/**
 * The trigger that forbids a row key to change once ciphertexts are bound to it and no plaintext is there for certain to seal again.
 *
 * @param tableId the registry's id
 */
public record RowKeyLock(long tableId, QualifiedName table) {

    public static final Identifier TRIGGER = Identifier.of("~sealway_row_key");

    private static final Sql FUNCTION = Sql.of("""
            CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql
            SET search_path = pg_catalog AS {body}""");

    private static final Sql BODY = Sql.of("""

            BEGIN
              RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
                MESSAGE = 'the row key cannot change: encrypted columns are bound to it',
                HINT = 'insert a new row with values sealed for its key, and delete this one';
            END""");

    private static final Sql CREATE_TRIGGER = Sql.of("""
            CREATE TRIGGER {trigger} BEFORE UPDATE ON {table} FOR EACH ROW
            WHEN (pg_catalog.record_image_ne(ROW({new}), ROW({old}))) EXECUTE FUNCTION {function}()""");

    private static final Sql ENABLE_ALWAYS = Sql.of("ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}");

    public void install(Transaction tx, List<Identifier> rowKey) {
        Sql named =
                CREATE_TRIGGER.with("new", Sql.each("NEW.{name}", rowKey)).with("old", Sql.each("OLD.{name}", rowKey));
        tx.executeDefinition(FUNCTION.with("function", function()).with("body", new Literal(BODY.sql())));
        tx.executeDefinition(Sql.of("DROP TRIGGER IF EXISTS {trigger} ON {table}")
                .with("trigger", TRIGGER)
                .with("table", table));
        tx.executeDefinition(named.with("trigger", TRIGGER).with("table", table).with("function", function()));
        tx.executeDefinition(ENABLE_ALWAYS.with("trigger", TRIGGER).with("table", table));
    }

    /** Takes it away; nothing happens if it is not there. */
    public void remove(Transaction tx) {
        tx.executeDefinition(Sql.of("DROP TRIGGER IF EXISTS {trigger} ON {table}")
                .with("trigger", TRIGGER)
                .with("table", table));
        tx.executeDefinition(Sql.of("DROP FUNCTION IF EXISTS {function}()").with("function", function()));
    }

    private QualifiedName function() {
        return QualifiedName.of("sealway", "k_" + tableId);
    }
}
