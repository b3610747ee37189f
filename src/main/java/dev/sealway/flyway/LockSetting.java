package dev.sealway.flyway;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TransactionSettings;
import javax.sql.DataSource;

/** How Flyway holds its lock: in a transaction that stays open as long as a migration runs, or in a session. */
final class LockSetting {

    /** The letters of Flyway, from which its advisory lock keys are counted; a table's hash code is added. */
    private static final long FLYWAY = 0x466C79776179L;

    private static final long HASH_RANGE = 1L << 31;

    private LockSetting() {}

    /**
     * Makes sure that no session holds Flyway's lock together with a snapshot, by looking at the server: what the
     * property is called and where it stands differs between Flyway's lines.
     *
     * @throws SealwayException naming the property to set
     */
    static void refuseTransactional(DataSource dataSource) {
        boolean transactional = Database.of(dataSource)
                .inTransaction(
                        TransactionSettings.reading(),
                        "looking for Flyway's lock",
                        tx -> tx.isTrue(Sql.of("""
                        SELECT EXISTS (
                            SELECT FROM pg_catalog.pg_locks l
                              JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
                             WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
                               AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
                                                  WHERE d.datname = pg_catalog.current_database())
                               AND ((l.classid::bigint << 32) | l.objid::bigint) BETWEEN ? AND ?
                               AND a.state LIKE 'idle in transaction%'
                               AND a.backend_xmin IS NOT NULL)"""), FLYWAY - HASH_RANGE, FLYWAY + HASH_RANGE));
        if (transactional) {
            throw SealwayException.refused("""
                    Flyway keeps a transaction open for as long as this migration runs: CREATE INDEX CONCURRENTLY would \
                    wait for it for ever, and vacuum could remove nothing; set flyway.postgresql.transactional.lock to \
                    false: in pom.xml <properties><flyway.postgresql.transactional.lock>false\
                    </flyway.postgresql.transactional.lock></properties>, with Spring Boot \
                    spring.flyway.postgresql.transactional-lock=false, in Java configuration(Map.of(\
                    "flyway.postgresql.transactional.lock", "false")), in the environment \
                    FLYWAY_POSTGRESQL_TRANSACTIONAL_LOCK=false; nothing was changed""");
        }
    }
}
