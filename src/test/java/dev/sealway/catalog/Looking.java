package dev.sealway.catalog;

import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.plan.TableName;
import dev.sealway.testing.TestDatabase;
import java.util.function.Function;

/** Short ways to look at a test's database. */
public final class Looking {

    private Looking() {}

    public static <T> T at(TestDatabase database, Function<Transaction, T> look) {
        return Database.of(database.dataSource()).inTransaction(TransactionSettings.reading(), "looking", look);
    }

    /** In a transaction whose search path is the connection's own. */
    public static <T> T writing(TestDatabase database, Function<Transaction, T> look) {
        return Database.of(database.dataSource()).inTransaction(TransactionSettings.writing(), "looking", look);
    }

    public static LiveTable table(TestDatabase database, String schema, String name) {
        return at(
                database,
                tx -> Catalog.in(tx).table(new TableName(schema, name)).orElseThrow());
    }

    public static LiveTable table(TestDatabase database, String name) {
        return table(database, "public", name);
    }
}
