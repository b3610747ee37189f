package dev.sealway.bench.speed;

import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/** The columns that verify reads, read and thrown away. The table is filled without being timed. */
final class ReadingFloors implements Contender {

    static final String COPY = "floor of verify: binary COPY out, two connections";
    static final String CURSOR = "floor of verify: SELECT by a cursor, two connections";

    private interface Reading {
        void read(Connection connection, String select) throws Exception;
    }

    private static final int CONNECTIONS = 2;
    private static final int FETCH = 5_000;
    private static final String SELECT = "SELECT id, %s FROM users"
            .formatted(Stream.concat(Users.PLAINTEXTS.stream(), Users.COLUMNS.stream())
                    .collect(Collectors.joining(", ")));

    @Override
    public String name() {
        return "floors of verify";
    }

    @Override
    public Map<String, Double> run(Users users, int count) throws Exception {
        ServerSide.constants("filled", true, CONNECTIONS, 1).run(users, count);
        users.execute("VACUUM users", "CHECKPOINT");
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put(COPY, time(users, count, ReadingFloors::copy));
        seconds.put(CURSOR, time(users, count, ReadingFloors::fetch));
        return seconds;
    }

    private static double time(Users users, int count, Reading reading) throws Exception {
        return Workers.time(users.database(), CONNECTIONS, (connection, n) -> reading.read(connection, part(count, n)));
    }

    private static String part(int count, int number) {
        return "%s WHERE id > %d AND id <= %d"
                .formatted(SELECT, (long) count * number / CONNECTIONS, (long) count * (number + 1) / CONNECTIONS);
    }

    private static void copy(Connection connection, String select) throws Exception {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (%s) TO STDOUT (FORMAT binary)".formatted(select), OutputStream.nullOutputStream());
    }

    private static void fetch(Connection connection, String select) throws Exception {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            long bytes = 0;
            try (ResultSet rows = statement.executeQuery(select)) {
                while (rows.next()) {
                    bytes += rows.getString(2).length() + rows.getBytes(6).length;
                }
            }
            if (bytes == 0) {
                throw new AssertionError("nothing was read");
            }
        }
        connection.rollback();
    }
}
