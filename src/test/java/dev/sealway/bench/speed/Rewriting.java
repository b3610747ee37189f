package dev.sealway.bench.speed;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * What a rewrite of the table would bring: every row is read, sealed and copied into a new table, whose indexes are
 * built afterwards. Nothing that hangs on the old table is carried over, nobody else may write meanwhile, and nothing is
 * proven.
 */
record Rewriting(String name, boolean keepsPlaintext) implements Contender {

    private static final int WORKERS = 2;
    private static final int FETCH = 5_000;
    private static final HexFormat HEX = HexFormat.of();

    private static final List<String> OTHERS = List.of("id", "city", "created", "notes");

    @Override
    public Map<String, Double> run(Users users, int count) throws Exception {
        users.execute(
                "DROP TABLE IF EXISTS users_new",
                "CREATE TABLE users_new (id bigint, city text, created timestamptz, notes text%s)"
                        .formatted(
                                keepsPlaintext
                                        ? ", email text NOT NULL, first_name text, last_name text, phone text"
                                        : ""));
        for (String column : Users.COLUMNS) {
            users.execute("ALTER TABLE users_new ADD COLUMN %s bytea".formatted(column));
        }
        double seconds = Workers.time(users.database(), WORKERS, (connection, number) -> {
            long low = (long) count * number / WORKERS;
            long high = (long) count * (number + 1) / WORKERS;
            try (Connection writing = users.database().getConnection()) {
                rewrite(connection, writing, low, high);
            }
        });
        long start = System.nanoTime();
        users.execute(
                "ALTER TABLE users_new ADD PRIMARY KEY (id)",
                "CREATE INDEX ON users_new (created)",
                "CREATE INDEX ON users_new (city)",
                "ANALYZE users_new",
                "DROP TABLE users",
                "ALTER TABLE users_new RENAME TO users");
        return Map.of(name, seconds + (System.nanoTime() - start) / 1e9);
    }

    private void rewrite(Connection reading, Connection writing, long low, long high) throws Exception {
        reading.setAutoCommit(false);
        Sealing sealing = Sealing.fresh();
        CopyIn copy = writing.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY users_new (%s) FROM STDIN".formatted(String.join(", ", written())));
        try (Statement statement = reading.createStatement()) {
            statement.setFetchSize(FETCH);
            StringBuilder lines = new StringBuilder();
            try (ResultSet rows =
                    statement.executeQuery("SELECT %s, %s FROM users WHERE id > %d AND id <= %d ORDER BY id"
                            .formatted(String.join(", ", OTHERS), String.join(", ", Users.PLAINTEXTS), low, high))) {
                for (int n = 1; rows.next(); n++) {
                    append(lines, rows, sealing);
                    if (n % 1_000 == 0) {
                        send(copy, lines);
                    }
                }
            }
            send(copy, lines);
        }
        copy.endCopy();
        reading.rollback();
    }

    private List<String> written() {
        List<String> columns = new ArrayList<>(OTHERS);
        if (keepsPlaintext) {
            columns.addAll(Users.PLAINTEXTS);
        }
        columns.addAll(Users.COLUMNS);
        return columns;
    }

    /** In COPY's text format; the bench's values have nothing in them that must be escaped. */
    private void append(StringBuilder lines, ResultSet row, Sealing sealing) throws Exception {
        for (int c = 1; c <= OTHERS.size(); c++) {
            lines.append(c == 1 ? "" : "\t").append(row.getString(c));
        }
        String[] values = new String[Users.PLAINTEXTS.size()];
        for (int c = 0; c < values.length; c++) {
            values[c] = row.getString(OTHERS.size() + 1 + c);
            if (keepsPlaintext) {
                lines.append('\t').append(values[c]);
            }
        }
        for (byte[] sealed : sealing.seal(values)) {
            lines.append("\t\\\\x").append(HEX.formatHex(sealed));
        }
        lines.append('\n');
    }

    private static void send(CopyIn copy, StringBuilder lines) throws Exception {
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        lines.setLength(0);
    }
}
