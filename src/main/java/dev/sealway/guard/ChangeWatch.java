package dev.sealway.guard;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Literal;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.List;

/**
 * The trigger that writes down which rows changed since verify began, so that the barrier need not look at all of them
 * again.
 *
 * <p>It runs with its owner's rights (the application has none on schema {@code sealway}), is {@code ENABLE ALWAYS}, and
 * pins the settings on which the text of a row key depends.
 *
 * @param tableId the registry's id
 */
public record ChangeWatch(long tableId, QualifiedName table) {

    /** Its name; it fires after the row is written, so its place in the order does not matter. */
    public static final Identifier TRIGGER = Identifier.of("~sealway_recheck");

    private static final Sql FUNCTION = Sql.of("""
            CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
            SET search_path = pg_catalog SET "DateStyle" = 'ISO, YMD' SET "IntervalStyle" = 'postgres'
            SET "TimeZone" = 'UTC' SET bytea_output = 'hex' SET extra_float_digits = '1' AS {body}""");

    private static final Sql BODY = Sql.of("""

            BEGIN
              INSERT INTO sealway.recheck (table_id, row_key) VALUES ({id}, ARRAY[{key}]);
              RETURN NULL;
            END""");

    private static final Sql CREATE_TRIGGER = Sql.of(
            "CREATE TRIGGER {trigger} AFTER INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()");
    private static final Sql ENABLE_ALWAYS = Sql.of("ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}");

    public QualifiedName function() {
        return QualifiedName.of("sealway", "r_" + tableId);
    }

    /** Takes SHARE ROW EXCLUSIVE on the table: when it returns, no writer is left that the trigger did not see. */
    public void arm(Transaction tx, List<Identifier> rowKey) {
        disarm(tx);
        Sql key = Sql.each("NEW.{name}::text", rowKey);
        Sql body = BODY.with("id", new Literal(Long.toString(tableId))).with("key", key);
        tx.executeDefinition(FUNCTION.with("function", function()).with("body", new Literal(body.sql())));
        tx.executeDefinition(named(CREATE_TRIGGER).with("function", function()));
        tx.executeDefinition(named(ENABLE_ALWAYS));
    }

    /** Takes it away; nothing happens if it is not there. */
    public void disarm(Transaction tx) {
        tx.executeDefinition(named(Sql.of("DROP TRIGGER IF EXISTS {trigger} ON {table}")));
        tx.executeDefinition(Sql.of("DROP FUNCTION IF EXISTS {function}()").with("function", function()));
    }

    /** Whether it stands and is always enabled, on every partition too. */
    public boolean isArmed(Transaction tx) {
        return tx.isTrue(Sql.of("""
                        SELECT pg_catalog.bool_and(t.tgrelid IS NOT NULL)
                          FROM (SELECT ?::pg_catalog.regclass::pg_catalog.oid AS id
                                 UNION SELECT relid FROM pg_catalog.pg_partition_tree(?::pg_catalog.regclass)) x
                          LEFT JOIN pg_catalog.pg_trigger t
                            ON t.tgrelid = x.id AND t.tgname = ? AND t.tgenabled = 'A'"""), table.sql(), table.sql(), TRIGGER.name());
    }

    private Sql named(Sql sql) {
        return sql.with("trigger", TRIGGER).with("table", table);
    }
}
