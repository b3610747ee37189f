package dev.sealway.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class SessionTest {

    private static final Sql SLOW = Sql.of("SELECT true FROM pg_catalog.pg_sleep(0.4)");

    @Test
    void outlivesTheTimeoutsThatARoleIsGiven(TestDatabase database) throws SQLException {
        String name = database.name();
        database.execute(
                "ALTER DATABASE %s SET statement_timeout = '200ms'".formatted(name),
                "ALTER DATABASE %s SET lock_timeout = '200ms'".formatted(name));
        try (Session session = Database.of(database.dataSource()).open()) {
            session.executeAlone(SLOW, "sleeping");
            session.inTransaction(TransactionSettings.snapshot(), "sleeping", tx -> tx.isTrue(SLOW));
            String after = session.inTransaction(TransactionSettings.reading(), "looking", tx -> tx.first(
                            Sql.of("SELECT reset_val FROM pg_catalog.pg_settings WHERE name = 'lock_timeout'"),
                            row -> row.getString(1))
                    .orElseThrow());
            assertThat(after).isEqualTo("200");
        }
    }

    @Test
    void keepsItsAdvisoryLockWhileItHasNothingToDo(TestDatabase database) throws Exception {
        database.execute("ALTER DATABASE %s SET idle_session_timeout = '200ms'".formatted(database.name()));
        Database sessions = Database.of(database.dataSource());
        try (Session holder = sessions.open()) {
            assertThat(holder.tryAdvisoryLock(5)).isTrue();
            Thread.sleep(600);
            try (Session other = sessions.open()) {
                assertThat(other.tryAdvisoryLock(5)).isFalse();
            }
        }
        try (Session other = sessions.open()) {
            assertThat(other.tryAdvisoryLock(5)).isTrue();
        }
    }

    @Test
    void standsStillInATransactionForNoLongerThanACheckAllows(TestDatabase database) {
        Database checked = Database.of(database.dataSource());
        checked.check(new WritingCheck() {
            @Override
            public void before(Transaction tx) {}

            @Override
            public Duration longestIdle() {
                return Duration.ofSeconds(7);
            }
        });
        try (Session session = checked.open()) {
            assertThat(idleTimeout(session, TransactionSettings.writing())).isEqualTo("7s");
            assertThat(idleTimeout(session, TransactionSettings.reading())).isEqualTo("7s");
            assertThat(idleTimeout(session, TransactionSettings.reading().idleTimeout(Duration.ofSeconds(9))))
                    .isEqualTo("7s");
            assertThat(idleTimeout(session, TransactionSettings.writing().idleTimeout(Duration.ofSeconds(5))))
                    .isEqualTo("5s");
            assertThat(idleTimeout(session, TransactionSettings.snapshot())).isEqualTo("0");
        }
        try (Session session = checked.unchecked().open()) {
            assertThat(idleTimeout(session, TransactionSettings.writing())).isEqualTo("0");
        }
    }

    private static String idleTimeout(Session session, TransactionSettings settings) {
        return session.inTransaction(settings, "looking", tx -> tx.first(
                        Sql.of("SELECT pg_catalog.current_setting('idle_in_transaction_session_timeout')"),
                        row -> row.getString(1))
                .orElseThrow());
    }
}
