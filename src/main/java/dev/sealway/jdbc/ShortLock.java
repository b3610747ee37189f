package dev.sealway.jdbc;

import dev.sealway.error.SealwayException;
import dev.sealway.patience.Patience;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Changes a table's definition without ever standing long in its lock queue, behind which every other statement would
 * wait: gives up after {@code timeout}, and tries again later.
 *
 * @param timeout of one attempt
 */
public record ShortLock(Patience patience, Duration timeout) {

    private static final Sql HOLDERS = Sql.of("""
            SELECT DISTINCT a.pid, a.usename::text, a.state
              FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
             WHERE l.granted AND a.pid <> pg_catalog.pg_backend_pid()
               AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
               AND l.relation IN (SELECT ?::pg_catalog.regclass::pg_catalog.oid
                 UNION SELECT relid FROM pg_catalog.pg_partition_tree(?::pg_catalog.regclass))
             ORDER BY a.pid LIMIT 10""");

    /**
     * Runs {@code work} in a transaction of its own per attempt.
     *
     * @param doing for messages, as {@code adding columns to public.users}
     * @throws SealwayException naming who holds the table, if no attempt got its lock
     */
    public <T> T run(
            Session session,
            QualifiedName table,
            String doing,
            TransactionSettings settings,
            Function<Transaction, T> work) {
        try {
            return patience.retry(() -> session.inTransaction(settings.lockTimeout(timeout), doing, work));
        } catch (SqlFailure e) {
            if (!e.isLockTimeout()) {
                throw e;
            }
            throw SealwayException.failed(
                    "%s did not get its lock on %s in %d attempts of %d ms; nothing was changed. The table is held by %s; run it again later"
                            .formatted(doing, table, patience.attempts(), timeout.toMillis(), holders(session, table)));
        }
    }

    private static String holders(Session session, QualifiedName table) {
        String names = session.inTransaction(TransactionSettings.reading(), "looking for who holds a table", tx -> tx
                .list(
                        HOLDERS,
                        row -> "pid %d (%s, %s)".formatted(row.getInt(1), row.getString(2), row.getString(3)),
                        table.sql(),
                        table.sql())
                .stream()
                .collect(Collectors.joining(", ")));
        return names.isEmpty() ? "nobody any more" : names;
    }
}
