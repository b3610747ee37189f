package dev.sealway.bench.speed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Programs as guides and tutorials show them: read some rows, seal them, write them back, until none is left. None of them
 * looks whether a row changed in the meantime.
 */
record ClientSide(String name, Way way, int workers, int share) implements Contender {

    /** How rows are found and written. */
    enum Way {
        /** 100 unfinished rows at a time, an {@code UPDATE} and a commit for each. */
        ROW_BY_ROW(100, true, false),
        /** 100 unfinished rows at a time, an {@code UPDATE} for each, one commit. */
        HUNDREDS(100, true, false),
        /** By key, 1,000 at a time, {@code executeBatch}. */
        BATCHED(1_000, false, false),
        /** By key, 5,000 at a time, one {@code UPDATE} that joins on the key as text. */
        TEXT_JOIN(5_000, false, true),
        /** By key, 5,000 at a time, one {@code UPDATE} that joins on an array of keys. */
        ARRAYS(5_000, false, true);

        private final int batch;
        private final boolean rescans;
        private final boolean setWise;

        Way(int batch, boolean rescans, boolean setWise) {
            this.batch = batch;
            this.rescans = rescans;
            this.setWise = setWise;
        }
    }

    private static final String SET =
            Users.COLUMNS.stream().map(c -> c + " = ?").collect(Collectors.joining(", ", "UPDATE users SET ", ""));

    @Override
    public Map<String, Double> run(Users users, int count) throws Exception {
        users.addColumns();
        return Map.of(name, Workers.time(users.database(), workers, (connection, number) -> {
            long low = (long) count * number / workers;
            long high = (long) count * (number + 1) / workers;
            walk(connection, Sealing.fresh(), low, high);
        }));
    }

    private void walk(Connection connection, Sealing sealing, long low, long high) throws Exception {
        connection.setAutoCommit(way == Way.ROW_BY_ROW);
        String find = way.rescans ? SealedUser.unfinished(way.batch) : SealedUser.byKey(way.batch);
        try (PreparedStatement select = connection.prepareStatement(find);
                PreparedStatement update = connection.prepareStatement(update())) {
            for (long last = low; ; ) {
                if (!way.rescans) {
                    select.setLong(1, last);
                    select.setLong(2, high);
                }
                List<SealedUser> rows = SealedUser.read(select, sealing);
                if (rows.isEmpty()) {
                    break;
                }
                write(connection, update, rows);
                if (way != Way.ROW_BY_ROW) {
                    connection.commit();
                }
                last = rows.get(rows.size() - 1).id();
            }
        }
        if (way != Way.ROW_BY_ROW) {
            connection.commit();
        }
    }

    private String update() {
        if (!way.setWise) {
            return SET + " WHERE id = ?";
        }
        String join = way == Way.TEXT_JOIN ? "u.id::text = v.id" : "u.id = v.id";
        String keys = way == Way.TEXT_JOIN ? "?::text[]" : "?::bigint[]";
        return "UPDATE users u SET %s FROM unnest(%s, ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[]) AS v (id, %s) WHERE %s"
                .formatted(Users.assignments("v"), keys, String.join(", ", Users.COLUMNS), join);
    }

    private void write(Connection connection, PreparedStatement update, List<SealedUser> rows) throws SQLException {
        if (way.setWise) {
            writeSet(connection, update, rows);
            return;
        }
        for (SealedUser row : rows) {
            int at = 1;
            for (byte[] value : row.sealed()) {
                update.setBytes(at++, value);
            }
            update.setLong(at, row.id());
            if (way == Way.BATCHED) {
                update.addBatch();
            } else {
                update.executeUpdate();
            }
        }
        if (way == Way.BATCHED) {
            update.executeBatch();
        }
    }

    private void writeSet(Connection connection, PreparedStatement update, List<SealedUser> rows) throws SQLException {
        String type = way == Way.TEXT_JOIN ? "text" : "int8";
        Object[] keys = rows.stream()
                .map(r -> way == Way.TEXT_JOIN ? (Object) Long.toString(r.id()) : (Object) r.id())
                .toArray();
        update.setArray(1, connection.createArrayOf(type, keys));
        for (int c = 0; c < Users.COLUMNS.size(); c++) {
            int column = c;
            byte[][] values = rows.stream().map(r -> r.sealed()[column]).toArray(byte[][]::new);
            update.setArray(c + 2, connection.createArrayOf("bytea", values));
        }
        update.executeUpdate();
    }
}
