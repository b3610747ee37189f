package dev.sealway.phase.contract;

import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.Set;
import java.util.TreeSet;

/** Names everything that belongs to a table, so that what is gone can be held against what was to go. */
final class TableObjects {

    private static final Sql NAMES = Sql.of("""
            SELECT 'index ' || c.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
             WHERE i.indrelid = ?::pg_catalog.regclass
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = c.oid AND k.conrelid = i.indrelid)
            UNION ALL SELECT 'constraint ' || conname
              FROM pg_catalog.pg_constraint WHERE conrelid = ?::pg_catalog.regclass AND contype NOT IN ('n', 't')
            UNION ALL SELECT 'trigger ' || tgname FROM pg_catalog.pg_trigger
             WHERE tgrelid = ?::pg_catalog.regclass AND NOT tgisinternal AND NOT pg_catalog.starts_with(tgname, '~sealway')
            UNION ALL SELECT 'statistics ' || n.nspname || '.' || s.stxname
              FROM pg_catalog.pg_statistic_ext s JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
             WHERE s.stxrelid = ?::pg_catalog.regclass
            UNION ALL SELECT 'policy ' || polname FROM pg_catalog.pg_policy WHERE polrelid = ?::pg_catalog.regclass""");

    private TableObjects() {}

    /** As the plan's dispositions name them: {@code index users_email_idx}. */
    static Set<String> of(Transaction tx, QualifiedName table) {
        String name = table.sql();
        return new TreeSet<>(tx.list(NAMES, row -> row.getString(1), name, name, name, name, name));
    }
}
