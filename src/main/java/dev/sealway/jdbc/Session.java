package dev.sealway.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection at a time. One that is lost is replaced: what reads, and what had not begun to commit, is then done again
 * from its beginning. Not thread-safe.
 */
public final class Session implements AutoCloseable {

    /** How often a transaction is begun that loses its connection every time. */
    private static final int TURNS = 5;

    /** By query, since PostgreSQL has the last of them only from 17 on. */
    private static final String LIMITS = """
            SELECT pg_catalog.set_config(name, %s, false) FROM pg_catalog.pg_settings
             WHERE name IN ('statement_timeout', 'lock_timeout', 'transaction_timeout')""";

    private static final String UNLIMITED = LIMITS.formatted("'0'");
    private static final String LIMITED =
            "SELECT pg_catalog.set_config('lock_timeout', ?, false), pg_catalog.set_config('statement_timeout', ?, false)";
    private static final String LIMITED_AGAIN = LIMITS.formatted("reset_val");

    private final Connections connections;
    private final @Nullable Object companion;
    private final List<WritingCheck> checks;
    private Connection connection;
    private boolean replaceable = true;
    private boolean closed;

    /** @param connection the first */
    Session(Connections connections, Connection connection, @Nullable Object companion, List<WritingCheck> checks) {
        this.connections = connections;
        this.companion = companion;
        this.checks = checks;
        this.connection = connection;
    }

    /**
     * Runs {@code work} in a transaction: committed when it returns, rolled back when it throws. It may be run several
     * times, and must leave nothing behind outside the transaction that the next time would be wrong with.
     *
     * @param doing for messages, as {@code writing a batch of public.users}
     * @throws SqlFailure {@link SqlFailure#isCommitUnknown} if the connection was lost while it committed
     */
    public <T> T inTransaction(TransactionSettings settings, String doing, Function<Transaction, T> work) {
        for (int turn = 1; ; turn++) {
            try {
                return once(settings, doing, work);
            } catch (SqlFailure e) {
                if (!e.isConnectionLost() || !mayRepeat(settings, e) || turn >= TURNS) {
                    throw e;
                }
            }
        }
    }

    /** One look at a whole table tells its listeners of every row: whoever wants another must say so. */
    private boolean mayRepeat(TransactionSettings settings, SqlFailure failure) {
        return replaceable
                && (!settings.isSnapshot() || settings.isRepeatable())
                && (!failure.isCommitUnknown() || settings.isRepeatable());
    }

    private <T> T once(TransactionSettings settings, String doing, Function<Transaction, T> work) {
        boolean committing = false;
        boolean committed = false;
        try {
            replaceIfLost();
            connection.setAutoCommit(false);
            Transaction transaction = new Transaction(connection, doing, companion);
            transaction.apply(limited(settings));
            if (settings.isWriting()) {
                checks.forEach(c -> c.before(transaction));
            }
            T result = work.apply(transaction);
            transaction.finish();
            committing = settings.isWriting();
            connection.commit();
            committed = true;
            transaction.committed();
            return result;
        } catch (SQLException e) {
            SqlFailure failure = SqlFailure.of(doing, e);
            throw committing && failure.isConnectionLost() ? failure.whileCommitting(doing) : failure;
        } finally {
            leave(committed);
        }
    }

    /** Also what only reads keeps indexes from being built; a look at a whole table may be paused in the middle. */
    private TransactionSettings limited(TransactionSettings settings) {
        TransactionSettings limited = settings;
        for (WritingCheck check : settings.isSnapshot() ? List.<WritingCheck>of() : checks) {
            limited = limited.idleTimeoutAtMost(check.longestIdle());
        }
        return limited;
    }

    private void replaceIfLost() throws SQLException {
        if (replaceable && connection.isClosed()) {
            connections.close(connection);
            connection = connections.connect();
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
            connections.close(connection);
        }
    }

    /**
     * Runs a statement that cannot run in a transaction, such as {@code CREATE INDEX CONCURRENTLY}, as long as it takes: a
     * limit that the role was given would leave an INVALID index behind.
     */
    public void executeAlone(SqlFragment sql, String doing) {
        executeAlone(sql, doing, Duration.ZERO, Duration.ZERO);
    }

    /**
     * As {@link #executeAlone(SqlFragment, String)}, but with limits of its own; zero is none.
     *
     * @param lockTimeout how long it waits for a lock
     * @param statementTimeout how long it takes in all
     */
    public void executeAlone(SqlFragment sql, String doing, Duration lockTimeout, Duration statementTimeout) {
        inTransaction(TransactionSettings.writing(), doing, tx -> null);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(UNLIMITED);
            try {
                limit(lockTimeout, statementTimeout);
                statement.execute(sql.sql());
            } finally {
                resetLimits(statement);
            }
        } catch (SQLException e) {
            throw SqlFailure.of(doing, e);
        }
    }

    private void limit(Duration lockTimeout, Duration statementTimeout) throws SQLException {
        try (PreparedStatement limits = connection.prepareStatement(LIMITED)) {
            Binds.bind(connection, limits, lockTimeout.toMillis() + "ms", statementTimeout.toMillis() + "ms");
            limits.execute();
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

    /**
     * Takes a lock that lasts until this session is closed, or loses its connection: from then on it fails, because nobody
     * would know that the lock is gone.
     *
     * @return false if another session has it
     */
    public boolean tryAdvisoryLock(long key) {
        boolean taken = inTransaction(
                TransactionSettings.reading(),
                "taking a lock",
                tx -> tx.isTrue(Sql.of("SELECT pg_catalog.pg_try_advisory_lock(?)"), key));
        replaceable = !taken && replaceable;
        return taken;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        replaceable = false;
        try {
            if (!connection.isClosed()) {
                releaseAdvisoryLocks();
            }
        } catch (SQLException ignored) {
            // the server releases what a lost session held
        } finally {
            connections.giveBack(connection);
        }
    }

    /** A connection may live on after close, and would keep its session locks. */
    private void releaseAdvisoryLocks() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_catalog.pg_advisory_unlock_all()");
        }
    }
}
