package dev.sealway.flyway;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Asks from within a migration of a real Flyway, with either setting. */
@ExtendWith(PostgresExtension.class)
class LockSettingTest {

    /** A migration that does nothing but ask. */
    public static final class V1__Ask extends BaseJavaMigration {
        @Override
        public void migrate(Context context) throws Exception {
            context.getConnection().commit();
            LockSetting.refuseTransactional(context.getConfiguration().getDataSource());
        }
    }

    @Test
    void refusesTheDefaultAndNamesTheProperty(TestDatabase database) {
        assertThatThrownBy(() -> flyway(database, "true").migrate())
                .hasRootCauseInstanceOf(SealwayException.class)
                .rootCause()
                .hasMessageContaining(
                        "<flyway.postgresql.transactional.lock>false</flyway.postgresql.transactional.lock>")
                .hasMessageContaining("spring.flyway.postgresql.transactional-lock=false")
                .hasMessageContaining("FLYWAY_POSTGRESQL_TRANSACTIONAL_LOCK=false");
    }

    @Test
    void passesWithALockOfTheSession(TestDatabase database) {
        assertThatCode(() -> flyway(database, "false").migrate()).doesNotThrowAnyException();
    }

    @Test
    void leavesOtherPeoplesAdvisoryLocksAlone(TestDatabase database) throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(4711), txid_current()");

            assertThatCode(() -> LockSetting.refuseTransactional(database.dataSource()))
                    .doesNotThrowAnyException();
            connection.rollback();
        }
    }

    private static Flyway flyway(TestDatabase database, String transactionalLock) {
        return Flyway.configure()
                .dataSource(database.dataSource())
                .configuration(Map.of("flyway.postgresql.transactional.lock", transactionalLock))
                .locations(new String[0])
                .javaMigrations(new V1__Ask())
                .load();
    }
}
