package dev.sealway.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One connection. Not thread-safe. */
public final class Session implements AutoCloseable {

    /** By query, since PostgreSQL has the last of them only from 17 on. */
    private static final String LIMITS = """
            SELECT pg_catalog.set_config(name, %s, false) FROM pg_catalog.pg_settings
             WHERE name IN ('statement_timeout', 'lock_timeout', 'transaction_timeout')""";

    private static final String UNLIMITED = LIMITS.formatted("'0'");
    private static final String LIMITED_AGAIN = LIMITS.formatted("reset_val");

    private final Connection connection;
    private final @Nullable Object companion;

    /** One session of a run waits while another works, and its advisory locks must outlive that. */
    Session(Connection connection, @Nullable Object companion) throws SQLException {
        this.connection = connection;
        this.companion = companion;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET idle_session_timeout = 0");
        }
    }

    /**
     * Runs {@code work} in a transaction: committed when it returns, rolled back when it throws.
     *
     * @param doing for messages, as {@code writing a batch of public.users}
     */
    public <T> T inTransaction(TransactionSettings settings, String doing, Function<Transaction, T> work) {
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw SqlFailure.of(doing, e);
        }
        boolean committed = false;
        try {
            Transaction transaction = new Transaction(connection, doing, companion);
            transaction.apply(settings);
            T result = work.apply(transaction);
            connection.commit();
            committed = true;
            return result;
        } catch (SQLException e) {
            throw SqlFailure.of(doing, e);
        } finally {
            leave(committed);
        }
    }

    /** As {@link #inTransaction}, but what {@code work} did is rolled back in any case. */
    public <T> T rolledBack(TransactionSettings settings, String doing, Function<Transaction, T> work) {
        List<T> result = new ArrayList<>(1);
        try {
            return inTransaction(settings, doing, tx -> {
                result.add(work.apply(tx));
                throw new RollBack();
            });
        } catch (RollBack expected) {
            return result.get(0);
        }
    }

    /** Leaves a transaction without committing it. */
    private static final class RollBack extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RollBack() {
            super(null, null, false, false);
        }
    }

    /** A failing rollback means that the connection is gone, and with it the transaction. */
    private void leave(boolean committed) {
        try {
            if (!committed) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException ignored) {
            close();
        }
    }

    /**
     * Runs a statement that cannot run in a transaction, such as {@code CREATE INDEX CONCURRENTLY}, as long as it takes: a
     * limit that the role was given would leave an INVALID index behind.
     */
    public void executeAlone(SqlFragment sql, String doing) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(UNLIMITED);
            try {
                statement.execute(sql.sql());
            } finally {
                resetLimits(statement);
            }
        } catch (SQLException e) {
            throw SqlFailure.of(doing, e);
        }
    }

    /** A connection that fails here is gone, and its limits with it; what was thrown before says more. */
    private static void resetLimits(Statement statement) {
        try {
            statement.execute(LIMITED_AGAIN);
        } catch (SQLException ignored) {
            // see above
        }
    }

    /** Takes a lock that lasts until this session is closed; false if another session has it. */
    public boolean tryAdvisoryLock(long key) {
        return inTransaction(
                TransactionSettings.reading(),
                "taking a lock",
                tx -> tx.isTrue(Sql.of("SELECT pg_catalog.pg_try_advisory_lock(?)"), key));
    }

    @Override
    public void close() {
        try {
            if (!connection.isClosed()) {
                releaseAdvisoryLocks();
            }
        } catch (SQLException ignored) {
            // the server releases what a lost session held
        } finally {
            closeConnection();
        }
    }

    /** A pooled connection lives on after close, and would keep its session locks and settings. */
    private void releaseAdvisoryLocks() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_catalog.pg_advisory_unlock_all(); RESET idle_session_timeout");
        }
    }

    private void closeConnection() {
        try {
            connection.close();
        } catch (SQLException ignored) {
            // nothing is left that could be lost
        }
    }
}
