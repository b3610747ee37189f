package dev.sealway.guard;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Literal;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.List;

/**
 * The triggers that write down who still writes plaintext without its ciphertext: such a write makes a row dirty.
 *
 * <p>They fire after the row is written, and only for a row that the write left dirty, so other writes pay for a condition
 * and no more. The function runs with its owner's rights and never fails or delays the write: it reads nothing (a reader
 * would meet other serialisable transactions), has no unique key to wait for, and keeps silent about whatever goes wrong. A
 * session remembers in {@code sealway.legacy_<id>} what it has written down, so that it does so once in ten seconds.
 * What Sealway writes itself says so in {@code sealway.mode} and is passed over.
 *
 * @param tableId the registry's id
 */
public record LegacyWatch(long tableId, QualifiedName table) {

    public static final Identifier ON_INSERT = Identifier.of("~sealway_legacy_insert");
    public static final Identifier ON_UPDATE = Identifier.of("~sealway_legacy_update");

    private static final Sql FUNCTION = Sql.of("""
            CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
            SET search_path = pg_catalog AS {body}""");

    private static final Sql BODY = Sql.of("""

            DECLARE
              taken text := current_setting('role');
              who text := session_user || CASE WHEN taken = 'none' THEN '' ELSE ' taking on ' || taken END;
              app text := left(coalesce(current_setting('application_name', true), ''), 64);
              now_and_who text := floor(extract(epoch FROM clock_timestamp()) / 10)::text || ' ' || who || ' ' || app;
            BEGIN
              IF current_setting('sealway.legacy_{id}', true) IS DISTINCT FROM now_and_who THEN
                BEGIN
                  INSERT INTO sealway.legacy_write (table_id, role, application) VALUES ({id}, who, app);
                  PERFORM set_config('sealway.legacy_{id}', now_and_who, false);
                EXCEPTION WHEN OTHERS THEN
                  NULL;
                END;
              END IF;
              RETURN NULL;
            END""");

    private static final Sql OURS = Sql.of("coalesce(pg_catalog.current_setting('sealway.mode', true), '') <> ''");

    private static final Sql LEFT_DIRTY = Sql.of("(NEW.{plain} IS DISTINCT FROM NULL AND NEW.{encrypted} IS NULL)");

    private static final Sql MADE_DIRTY = Sql.of("""
            (NEW.{plain} IS DISTINCT FROM NULL AND NEW.{encrypted} IS NULL AND (OLD.{encrypted} IS NOT NULL
              OR pg_catalog.record_image_ne(ROW(NEW.{plain}), ROW(OLD.{plain}))))""");

    private static final Sql CREATE_TRIGGER = Sql.of("""
            CREATE TRIGGER {trigger} AFTER {event} ON {table} FOR EACH ROW
            WHEN (NOT ({ours}) AND ({condition})) EXECUTE FUNCTION {function}()""");

    private static final Sql ENABLE_ALWAYS = Sql.of("ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}");

    private QualifiedName function() {
        return QualifiedName.of("sealway", "l_" + tableId);
    }

    /** Takes SHARE ROW EXCLUSIVE on the table, on which it must not stand yet. */
    public void arm(Transaction tx, List<GuardedColumn> columns) {
        Sql body = BODY.with("id", Sql.of(Long.toString(tableId)));
        tx.executeDefinition(FUNCTION.with("function", function()).with("body", new Literal(body.sql())));
        create(tx, ON_INSERT, "INSERT", LEFT_DIRTY, columns);
        create(tx, ON_UPDATE, "UPDATE", MADE_DIRTY, columns);
    }

    private void create(Transaction tx, Identifier trigger, String event, Sql condition, List<GuardedColumn> columns) {
        List<Sql> conditions = columns.stream()
                .map(c -> condition.with("plain", c.plaintext()).with("encrypted", c.encrypted()))
                .toList();
        tx.executeDefinition(CREATE_TRIGGER
                .with("trigger", trigger)
                .with("event", Sql.of(event))
                .with("table", table)
                .with("ours", OURS)
                .with("condition", Sql.join(" OR ", conditions))
                .with("function", function()));
        tx.executeDefinition(ENABLE_ALWAYS.with("table", table).with("trigger", trigger));
    }

    /** Takes it away; nothing happens if it is not there. */
    public void disarm(Transaction tx) {
        for (Identifier trigger : List.of(ON_INSERT, ON_UPDATE)) {
            tx.executeDefinition(Sql.of("DROP TRIGGER IF EXISTS {trigger} ON {table}")
                    .with("trigger", trigger)
                    .with("table", table));
        }
        tx.executeDefinition(Sql.of("DROP FUNCTION IF EXISTS {function}()").with("function", function()));
    }

    /** Whether both stand and are always enabled, on every partition too. */
    public boolean isArmed(Transaction tx) {
        return tx.isTrue(Sql.of("""
                        SELECT pg_catalog.bool_and(t.tgrelid IS NOT NULL)
                          FROM (SELECT ?::pg_catalog.regclass::pg_catalog.oid AS id
                                 UNION SELECT relid FROM pg_catalog.pg_partition_tree(?::pg_catalog.regclass)) x
                         CROSS JOIN unnest(?::pg_catalog.text[]) n
                          LEFT JOIN pg_catalog.pg_trigger t
                            ON t.tgrelid = x.id AND t.tgname = n AND t.tgenabled = 'A'"""), table.sql(), table.sql(), new String[] {ON_INSERT.name(), ON_UPDATE.name()});
    }
}
