package dev.sealway.bench.speed;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * By key, 5,000 at a time, copied into a temporary table in COPY's binary format, and merged by one {@code UPDATE … FROM}. The
 * temporary table is analysed when it is first filled, and rows are found by the primary key: left to itself, the planner reads
 * all of a large table for each batch. Nothing looks whether a row changed in the meantime.
 */
record CopyMerge(String name, int workers) implements Contender {

    private static final int BATCH = 5_000;
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final String TEMPORARY = "CREATE TEMPORARY TABLE sealed (id bigint, %s bytea) ON COMMIT DELETE ROWS"
            .formatted(String.join(" bytea, ", Users.COLUMNS));
    private static final String MERGE =
            "UPDATE users u SET %s FROM sealed v WHERE u.id = v.id".formatted(Users.assignments("v"));

    @Override
    public Map<String, Double> run(Users users, int count) throws Exception {
        users.addColumns();
        return Map.of(name, Workers.time(users.database(), workers, (connection, number) -> {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET enable_seqscan = off");
                statement.execute("SET enable_hashjoin = off");
                statement.execute("SET enable_mergejoin = off");
                statement.execute(TEMPORARY);
                walk(connection, statement, (long) count * number / workers, (long) count * (number + 1) / workers);
                statement.execute("DROP TABLE sealed");
                statement.execute("RESET ALL");
                connection.commit();
            }
        }));
    }

    private static void walk(Connection connection, Statement statement, long low, long high) throws Exception {
        Sealing sealing = Sealing.fresh();
        try (PreparedStatement select = connection.prepareStatement(SealedUser.byKey(BATCH))) {
            select.setLong(2, high);
            for (long last = low; last < high; ) {
                select.setLong(1, last);
                List<SealedUser> rows = SealedUser.read(select, sealing);
                copy(connection, rows);
                if (last == low) {
                    statement.execute("ANALYZE sealed");
                }
                statement.executeUpdate(MERGE);
                connection.commit();
                last = rows.get(rows.size() - 1).id();
            }
        }
    }

    private static void copy(Connection connection, List<SealedUser> rows) throws SQLException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(SIGNATURE);
        // neither flags nor an extension
        out.writeLong(0);
        for (SealedUser row : rows) {
            out.writeShort(1 + row.sealed().length);
            out.writeInt(Long.BYTES);
            out.writeLong(row.id());
            for (byte[] value : row.sealed()) {
                out.writeInt(value.length);
                out.write(value);
            }
        }
        out.writeShort(-1);
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY sealed FROM STDIN (FORMAT binary)");
        copy.writeToCopy(bytes.toByteArray(), 0, bytes.size());
        copy.endCopy();
    }
}
