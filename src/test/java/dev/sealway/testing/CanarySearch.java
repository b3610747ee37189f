package dev.sealway.testing;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Looks through every relation of a database for a text, in clear or as the bytes of a bytea. */
public final class CanarySearch {

    private static final String RELATIONS = """
            SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
               AND n.nspname !~ '^pg_toast' ORDER BY 1""";

    private CanarySearch() {}

    /**
     * Every ordinary table and materialised view that holds {@code canary} in a row that a new snapshot sees, with its schema;
     * temporary tables of other sessions cannot be read and are named if there are any.
     */
    public static List<String> relations(TestDatabase database, String canary) throws SQLException {
        List<String> holding = new ArrayList<>();
        String hex = HexFormat.of().formatHex(canary.getBytes(StandardCharsets.UTF_8));
        for (List<String> relation : database.rows(RELATIONS)) {
            String name = relation.get(0);
            if (name.startsWith("pg_temp") || isHeldBy(database, name, canary, hex)) {
                holding.add(name);
            }
        }
        return holding;
    }

    private static boolean isHeldBy(TestDatabase database, String relation, String canary, String hex)
            throws SQLException {
        return "t"
                .equals(database.value(
                        "SELECT EXISTS (SELECT FROM %s r WHERE strpos(r::text, '%s') > 0 OR strpos(r::text, '%s') > 0)"
                                .formatted(relation, canary.replace("'", "''"), hex)));
    }

    /** Files of sorts and hashes that lie in the server's temporary tablespaces now. */
    public static List<String> temporaryFiles(TestDatabase database) throws SQLException {
        return database.rows("SELECT name FROM pg_ls_tmpdir()").stream()
                .map(row -> row.get(0))
                .toList();
    }
}
