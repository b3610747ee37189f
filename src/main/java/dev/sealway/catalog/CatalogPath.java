package dev.sealway.catalog;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.function.Supplier;

/**
 * Looks things up with only {@code pg_catalog} searched, whatever the transaction's own search path is.
 *
 * <p>What the catalogue prints (types, expressions, definitions) leaves out the schemas that are searched, so the same
 * object would read differently from one transaction to the next.
 */
public final class CatalogPath {

    private static final String ONLY = "pg_catalog";

    private CatalogPath() {}

    /** The search path is put back when {@code lookups} returns; when it throws, the transaction is lost anyway. */
    public static <T> T only(Transaction tx, Supplier<T> lookups) {
        String before = tx.first(Sql.of("SELECT pg_catalog.current_setting('search_path')"), row -> row.getString(1))
                .orElseThrow();
        if (before.equals(ONLY)) {
            return lookups.get();
        }
        set(tx, ONLY);
        T found = lookups.get();
        set(tx, before);
        return found;
    }

    private static void set(Transaction tx, String path) {
        tx.execute(Sql.of("SELECT pg_catalog.set_config('search_path', ?, true)"), path);
    }
}
