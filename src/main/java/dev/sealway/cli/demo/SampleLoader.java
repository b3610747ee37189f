package dev.sealway.cli.demo;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates the sample's tables and fills them, a few thousand rows at a time. */
final class SampleLoader {
    private static final int USERS_AT_A_TIME = 2000;
    private static final String WORK = "generate users and what belongs to them";
    private static final String DUPLICATE_TABLE = "42P07";
    private static final Sql NEXT_USER =
            Sql.of("SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence('public.users', 'id'), ?::bigint)");

    private final Database database;
    private final Progress progress;

    SampleLoader(Database database, Progress progress) {
        this.database = database;
        this.progress = progress;
    }

    /** @throws SealwayException if one of the tables exists already */
    void createTables() {
        try {
            database.inTransaction(TransactionSettings.writing(), "creating the sample's tables", tx -> {
                tx.executeDefinition(Sql.trusted(SampleFiles.schema()));
                return true;
            });
        } catch (SqlFailure e) {
            throw e.sqlState().equals(DUPLICATE_TABLE)
                    ? SealwayException.refused(
                            "the database has tables of the sample already, perhaps real ones, and the demo"
                                    + " leaves them alone; give it an empty database, or none for an embedded one")
                    : e;
        }
    }

    void fill(long users) {
        progress.began(WORK, users);
        try (Session session = database.open()) {
            for (long first = 1; first <= users; first += USERS_AT_A_TIME) {
                long from = first;
                long bound = Math.min(users + 1, first + USERS_AT_A_TIME);
                session.inTransaction(TransactionSettings.writing(), "filling the sample's tables", tx -> {
                    SampleTable.all().forEach(table -> insert(tx, table, from, bound));
                    return true;
                });
                progress.advanced(WORK, bound - from);
            }
            session.inTransaction(
                    TransactionSettings.writing(), "filling the sample's tables", tx -> tx.number(NEXT_USER, users));
        }
        progress.ended(WORK);
    }

    private static void insert(Transaction tx, SampleTable table, long from, long bound) {
        List<@Nullable String[]> rows = new ArrayList<>();
        for (long user = from; user < bound; user++) {
            rows.addAll(table.rowsOfUser().apply(user));
        }
        if (!rows.isEmpty()) {
            tx.execute(table.insert(), (Object[]) columns(rows));
        }
    }

    private static @Nullable String[][] columns(List<@Nullable String[]> rows) {
        @Nullable String[][] columns = new String[rows.get(0).length][rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < columns.length; column++) {
                columns[column][row] = rows.get(row)[column];
            }
        }
        return columns;
    }
}
