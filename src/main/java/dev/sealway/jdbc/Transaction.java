package dev.sealway.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transaction under way. Every method throws {@link SqlFailure} where the driver would throw. Not thread-safe.
 *
 * <p>Parameters are bound by their Java type: {@code String}, {@code Long}, {@code Integer}, {@code Boolean},
 * {@code byte[]}, and as PostgreSQL arrays {@code String[]}, {@code Long[]}, {@code byte[][]}; {@code null} binds an
 * untyped null.
 */
public final class Transaction {

    /** A role's limit on whole transactions, which PostgreSQL has from 17 on, would make one long look impossible. */
    private static final String NO_TIME_LIMIT = """
            ; SELECT pg_catalog.set_config('transaction_timeout', '0', true)
               WHERE pg_catalog.current_setting('transaction_timeout', true) IS NOT NULL""";

    private final Connection connection;
    private final String doing;
    private final @Nullable Object companion;
    private final List<Runnable> beforeCommit = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();

    Transaction(Connection connection, String doing, @Nullable Object companion) {
        this.connection = connection;
        this.doing = doing;
        this.companion = companion;
    }

    /** What the database was given to go with its transactions, if it is a {@code kind}. */
    public <T> Optional<T> companion(Class<T> kind) {
        return Optional.ofNullable(companion).filter(kind::isInstance).map(kind::cast);
    }

    /**
     * Does {@code work} last in this transaction: what takes a lock that every writer wants belongs here, so that nothing
     * is waited for while it is held. Not done if the transaction, or {@link #tentatively} around it, is rolled back.
     */
    public void beforeCommit(Runnable work) {
        beforeCommit.add(work);
    }

    /** Does {@code work} once the transaction is committed; it must not throw. */
    public void afterCommit(Runnable work) {
        afterCommit.add(work);
    }

    void finish() {
        beforeCommit.forEach(Runnable::run);
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }

    /**
     * All settings in one round trip. The transaction's kind comes first and by statement: the driver would set it for
     * the session, where a pool's next user finds it.
     */
    void apply(TransactionSettings settings) throws SQLException {
        StringBuilder sql =
                new StringBuilder(settings.kind()).append(NO_TIME_LIMIT).append("; SELECT ");
        List<Object> binds = new ArrayList<>();
        for (Map.Entry<String, String> setting : settings.settings().entrySet()) {
            sql.append(binds.isEmpty() ? "" : ", ").append("pg_catalog.set_config(?, ?, true)");
            binds.add(setting.getKey());
            binds.add(setting.getValue());
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            Binds.bind(connection, statement, binds.toArray());
            statement.execute();
        }
    }

    /** @return the number of rows written */
    public int execute(SqlFragment sql, Object... binds) {
        try (PreparedStatement statement = connection.prepareStatement(sql.sql())) {
            Binds.bind(connection, statement, binds);
            return statement.execute() ? 0 : statement.getUpdateCount();
        } catch (SQLException e) {
            throw SqlFailure.of(doing, e);
        }
    }

    /** Runs a statement whose text may contain question marks that are not parameters: DDL, a function's body. */
    public void executeDefinition(SqlFragment sql) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql.sql());
        } catch (SQLException e) {
            throw SqlFailure.of(doing, e);
        }
    }

    public <T> List<T> list(SqlFragment sql, RowReader<T> reader, Object... binds) {
        try (PreparedStatement statement = connection.prepareStatement(sql.sql())) {
            Binds.bind(connection, statement, binds);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw SqlFailure.of(doing, e);
        }
    }

    /**
     * Reads a long result piece by piece, in constant memory.
     *
     * @param takes each row, and says whether it wants more
     * @param fetchSize rows per round trip
     * @return whether every row was taken
     */
    public boolean each(SqlFragment sql, RowReader<Boolean> takes, int fetchSize, Object... binds) {
        try (PreparedStatement statement = connection.prepareStatement(sql.sql())) {
            statement.setFetchSize(fetchSize);
            Binds.bind(connection, statement, binds);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    if (!takes.read(result)) {
                        return false;
                    }
                }
            }
            return true;
        } catch (SQLException e) {
            throw SqlFailure.of(doing, e);
        }
    }

    public <T> Optional<T> first(SqlFragment sql, RowReader<T> reader, Object... binds) {
        return list(sql, reader, binds).stream().findFirst();
    }

    /** The one number a query gives; 0 if it gives no row or a null. */
    public long number(SqlFragment sql, Object... binds) {
        return first(sql, row -> row.getLong(1), binds).orElse(0L);
    }

    /** Whether a query gives a row that says true. */
    public boolean isTrue(SqlFragment sql, Object... binds) {
        return first(sql, row -> row.getBoolean(1), binds).orElse(false);
    }

    /**
     * Runs {@code work} and takes back what it did if it throws, so that this transaction can go on.
     *
     * @return empty if it passed, otherwise what it failed with
     */
    public Optional<SqlFailure> tentatively(Runnable work) {
        int kept = beforeCommit.size();
        try {
            var savepoint = connection.setSavepoint();
            try {
                work.run();
                connection.releaseSavepoint(savepoint);
                return Optional.empty();
            } catch (SqlFailure e) {
                connection.rollback(savepoint);
                beforeCommit.subList(kept, beforeCommit.size()).clear();
                return Optional.of(e);
            }
        } catch (SQLException e) {
            throw SqlFailure.of(doing, e);
        }
    }

    /** Streams a query out of the server as binary COPY: no bind parameters, constant memory, bytes as they are. */
    public void copyOut(SqlFragment query, BinaryCopy.RowConsumer rows) {
        try {
            BinaryCopy.read(connection, query, rows);
        } catch (SQLException e) {
            throw SqlFailure.of(doing, e);
        }
    }
}
