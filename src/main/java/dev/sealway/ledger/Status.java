package dev.sealway.ledger;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** How far everything is, as the people's view tells it. Bound to one transaction; not thread-safe. */
public final class Status {

    private final Transaction tx;

    private Status(Transaction tx) {
        this.tx = tx;
    }

    public static Status in(Transaction tx) {
        return new Status(tx);
    }

    /** Every registered column of every plan, in the order of registration. */
    public List<ColumnStatus> columns() {
        return tx.list(Sql.of("""
                        SELECT table_name, column_name, phase, rows_total, rows_done, rows_dirty, rows_failed,
                               percent, rows_per_second, extract(epoch FROM time_left) AS seconds_left
                          FROM sealway.encryption_migrations"""), Status::read);
    }

    private static ColumnStatus read(ResultSet row) throws SQLException {
        double secondsLeft = row.getDouble("seconds_left");
        Optional<Duration> timeLeft =
                row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(Math.round(secondsLeft * 1000)));
        return new ColumnStatus(
                row.getString("table_name"),
                row.getString("column_name"),
                ColumnPhase.ofWord(row.getString("phase")),
                count(row, "rows_total"),
                row.getLong("rows_done"),
                count(row, "rows_dirty"),
                row.getLong("rows_failed"),
                row.getDouble("percent"),
                rate(row),
                timeLeft);
    }

    private static OptionalLong count(ResultSet row, String column) throws SQLException {
        long count = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(count);
    }

    private static OptionalDouble rate(ResultSet row) throws SQLException {
        double rate = row.getDouble("rows_per_second");
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }
}
