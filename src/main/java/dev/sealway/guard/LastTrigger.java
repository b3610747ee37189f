package dev.sealway.guard;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;

/** Looks whether a trigger of ours stands as we made it, on the table and on every partition of it. */
final class LastTrigger {

    /** Of every partition too: each has a trigger of its own, which can be disabled there, or followed by another. */
    private static final Sql STANDS = Sql.of("""
            WITH place AS (
              SELECT ?::pg_catalog.regclass::pg_catalog.oid AS id
               UNION SELECT relid FROM pg_catalog.pg_partition_tree(?::pg_catalog.regclass)),
            ours AS (
              SELECT t.tgrelid, t.tgname FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
               WHERE t.tgname = ? AND t.tgenabled = 'A' AND t.tgqual IS NULL AND t.tgtype & 19 = 19 AND p.prosrc = ?)
            SELECT pg_catalog.bool_and(g.tgrelid IS NOT NULL AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_trigger o
                 WHERE o.tgrelid = x.id AND NOT o.tgisinternal AND o.tgenabled <> 'D'
                   AND o.tgtype & 19 = 19 AND NOT o.tgname = ANY (?)
                   AND pg_catalog.convert_to(o.tgname::text, 'UTF8') > pg_catalog.convert_to(?, 'UTF8')))
              FROM place x LEFT JOIN ours g ON g.tgrelid = x.id""");

    private LastTrigger() {}

    /** Whether it has exactly this body, is always enabled, and fires after every BEFORE UPDATE trigger of others. */
    static boolean stands(Transaction tx, QualifiedName table, Identifier trigger, String body) {
        String[] ours = {RowKeyLock.TRIGGER.name(), TokenGuard.TRIGGER.name()};
        return tx.isTrue(STANDS, table.sql(), table.sql(), trigger.name(), body, ours, trigger.name());
    }

    static boolean isThere(Transaction tx, QualifiedName table, Identifier trigger) {
        return tx.isTrue(
                Sql.of("SELECT true FROM pg_catalog.pg_trigger WHERE tgrelid = ?::pg_catalog.regclass AND tgname = ?"),
                table.sql(),
                trigger.name());
    }
}
