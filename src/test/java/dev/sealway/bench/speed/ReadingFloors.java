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

    static final String COPY = "floor of verify: binary COPY out, %d connection(s)";
    static final String CURSOR = "floor of verify: SELECT by a cursor, %d connection(s)";

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
        ServerSide.constants("filled", false, 1).run(users, count);
        users.execute("VACUUM users", "CHECKPOINT");
        return reads(users, count);
    }

    /** Of a table that is filled. */
    Map<String, Double> reads(Users users, int count) throws Exception {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (int workers = 1; workers <= 2; workers++) {
            int all = workers;
            seconds.put(
                    COPY.formatted(workers),
                    Workers.time(users.database(), workers, (connection, n) -> copy(connection, part(count, n, all))));
            seconds.put(
                    CURSOR.formatted(workers),
                    Workers.time(users.database(), workers, (connection, n) -> fetch(connection, part(count, n, all))));
        }
        return seconds;
    }

    private static String part(int count, int number, int workers) {
        return SELECT
                + (workers == 1
                        ? ""
                        : " WHERE id > %d AND id <= %d"
                                .formatted((long) count * number / workers, (long) count * (number + 1) / workers));
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
