package dev.sealway.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.ScarceDataSource;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class ReserveTest {

    private static final Sql PROCESS = Sql.of("SELECT pg_catalog.pg_backend_pid()");

    private static ScarceDataSource source(TestDatabase database, int connections) {
        Supplier<SQLException> refusal = () -> new SQLException("sorry, too many clients already", "53300");
        return new ScarceDataSource(database.jdbcUrl(), connections, refusal);
    }

    private static long process(Database database) {
        try (Session session = database.open()) {
            return process(session);
        }
    }

    private static long process(Session session) {
        return session.inTransaction(TransactionSettings.reading(), "a test", tx -> tx.number(PROCESS));
    }

    @Test
    void handsItsConnectionsFromSessionToSession(TestDatabase database) {
        ScarceDataSource source = source(database, 2);
        try (Reserve reserve = Database.of(source).reserve(2)) {
            long first = process(reserve.database());
            assertThat(reserve.database().backends()).hasSize(2);
            try (Session one = reserve.database().open();
                    Session other = reserve.database().openAtOnce()) {
                assertThat(process(one)).isNotEqualTo(process(other));
                assertThatThrownBy(() -> Database.of(source).openAtOnce()).isInstanceOf(SqlFailure.class);
            }
            assertThat(process(reserve.database())).isEqualTo(first);
        }
        assertThat(source.refused()).isEqualTo(1);
    }

    @Test
    void replacesOneThatWasLostWhileNobodyUsedIt(TestDatabase database) throws SQLException {
        ScarceDataSource source = source(database, 1);
        try (Reserve reserve = Database.of(source).reserve(1)) {
            long first = process(reserve.database());
            database.execute("SELECT pg_terminate_backend(%d, 10000)".formatted(first));
            assertThat(process(reserve.database())).isNotEqualTo(first);
        }
        assertThat(source.refused()).isZero();
    }

    @Test
    void takesAllAtOnceOrNone(TestDatabase database) {
        ScarceDataSource source = source(database, 2);
        Database few = Database.of(source);
        assertThatThrownBy(() -> few.reserveAtOnce(3))
                .isInstanceOf(SqlFailure.class)
                .hasMessageContaining("no connection left");
        try (Reserve reserve = few.reserveAtOnce(2)) {
            assertThat(reserve.database().backends()).hasSize(2);
        }
        assertThat(few.backends()).isEmpty();
    }
}
