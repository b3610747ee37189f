package dev.sealway.jdbc;

import dev.sealway.error.SealwayException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * Makes sure that two ways of connecting lead to one database of one server, which neither its name nor its address tells: a
 * lock that is taken on the one must be seen from the other.
 */
public final class SameDatabase {

    private static final String TAKE = "SELECT pg_catalog.pg_advisory_lock(?)";
    private static final String LEAVE = "SELECT pg_catalog.pg_advisory_unlock(?)";
    private static final SqlFragment SEEN = Sql.of("""
            SELECT EXISTS (
                SELECT FROM pg_catalog.pg_locks l
                 WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
                   AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
                                      WHERE d.datname = pg_catalog.current_database())
                   AND ((l.classid::bigint << 32) | l.objid::bigint) = ?)""");

    private SameDatabase() {}

    /**
     * @param known a session; a pooler in transaction mode will not do
     * @throws SealwayException if {@code other} leads elsewhere, or either cannot be asked
     */
    public static void require(Connection known, DataSource other) {
        long key = ThreadLocalRandom.current().nextLong();
        boolean same;
        try {
            call(known, TAKE, key);
            try {
                same = Database.of(other)
                        .inTransaction(
                                TransactionSettings.reading(), "comparing two connections", tx -> tx.isTrue(SEEN, key));
            } finally {
                call(known, LEAVE, key);
            }
        } catch (SQLException e) {
            throw SqlFailure.of("comparing two connections", e);
        }
        if (!same) {
            throw SealwayException.refused(
                    "the database that Sealway would connect to is another one than the connection that it was called with, or a copy of it; nothing was changed");
        }
    }

    private static void call(Connection connection, String sql, long key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, key);
            statement.execute();
        }
    }
}
