package dev.sealway.bench.speed;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * {@code users}, made anew for every contender from a template: about 250 bytes a row, a primary key and two secondary
 * indexes. Four of its columns are sealed, and one of them gets a search token.
 */
record Users(DataSource database, int rows) {

    /** Columns for what is made of each row, and how many bytes that has as a rule. */
    static final Map<String, Integer> SEALED =
            Map.of("email", 62, "first_name", 41, "last_name", 43, "phone", 47, "email_search", 32);

    /** In the order in which contenders write them; the token comes last. */
    static final List<String> COLUMNS = List.of(
            "email_encrypted", "first_name_encrypted", "last_name_encrypted", "phone_encrypted", "email_search");

    /** The columns that are sealed, in the order of {@link #COLUMNS}. */
    static final List<String> PLAINTEXTS = List.of("email", "first_name", "last_name", "phone");

    private static final int KEYS_PER_BATCH = 5_000;

    private static final String GENERATED = """
            SELECT g, 'user' || g || '@mail' || g %% 97 || '.example.org', 'First' || g %% 499,
                'Family' || g %% 9973, '+49151' || lpad(g::text, 8, '0'), 'City ' || g %% 331,
                timestamptz '2020-01-01 00:00Z' + g * interval '1 minute', repeat('n', 100)
              FROM generate_series(1, %d) g""";

    /** Makes the template, once. */
    void createTemplate() throws SQLException {
        execute(
                "DROP TABLE IF EXISTS users_template",
                """
                CREATE TABLE users_template (id bigint, email text NOT NULL, first_name text, last_name text, phone text,
                    city text, created timestamptz, notes text)""",
                "INSERT INTO users_template " + GENERATED.formatted(rows),
                "VACUUM ANALYZE users_template");
    }

    /** Makes the table, plain, with {@code count} rows, which it returns. */
    int create(int count) throws SQLException {
        execute(
                "DROP SCHEMA IF EXISTS sealway CASCADE",
                "DROP TABLE IF EXISTS users CASCADE",
                "CREATE TABLE users (LIKE users_template)",
                "INSERT INTO users "
                        + (count <= rows
                                ? "SELECT * FROM users_template WHERE id <= " + count
                                : GENERATED.formatted(count)),
                "ALTER TABLE users ADD PRIMARY KEY (id)",
                "CREATE INDEX ON users (created)",
                "CREATE INDEX ON users (city)",
                "VACUUM ANALYZE users",
                "CHECKPOINT");
        return count;
    }

    /** Adds the columns that everybody but Sealway fills. */
    void addColumns() throws SQLException {
        for (String column : COLUMNS) {
            execute("ALTER TABLE users ADD COLUMN %s bytea".formatted(column));
        }
    }

    /** All of {@link #COLUMNS}, set to those of the same names. */
    static String assignments(String from) {
        return COLUMNS.stream().map(c -> "%s = %s.%s".formatted(c, from, c)).collect(Collectors.joining(", "));
    }

    /** Key ranges of one batch each, of the part of the table that worker {@code number} of {@code workers} has. */
    static List<long[]> ranges(int count, int number, int workers) {
        long low = (long) count * number / workers;
        long high = (long) count * (number + 1) / workers;
        return LongStream.iterate(low, from -> from < high, from -> from + KEYS_PER_BATCH)
                .mapToObj(from -> new long[] {from + 1, Math.min(from + KEYS_PER_BATCH, high)})
                .toList();
    }

    /** How many rows of the table have all that was to be made. */
    long complete() throws SQLException {
        return number("SELECT count(*) FROM users WHERE num_nulls(%s) = 0".formatted(String.join(", ", COLUMNS)));
    }

    long number(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
