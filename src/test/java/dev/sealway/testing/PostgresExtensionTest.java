package dev.sealway.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresExtensionTest {
    private static final Set<String> SEEN = new HashSet<>();

    @BeforeEach
    void createsTheDatabaseOnceForSetUpAndTest(TestDatabase database) throws SQLException {
        database.execute("CREATE TABLE seen_by_set_up (id int)");
    }

    @RepeatedTest(2)
    void givesEveryTestAFreshDatabase(TestDatabase database) throws SQLException {
        assertThat(SEEN.add(database.name())).isTrue();
        assertThat(database.value("SELECT count(*) FROM seen_by_set_up")).isEqualTo("0");
        database.execute("INSERT INTO seen_by_set_up VALUES (1)");
        assertThat(database.value("SELECT current_database()")).isEqualTo(database.name());
    }

    @Test
    void connectsWithTheUrlAlone(TestDatabase database) throws SQLException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl())) {
            assertThat(connection.getCatalog()).isEqualTo(database.name());
        }
        try (var connection =
                DriverManager.getConnection(database.bareJdbcUrl(), database.user(), database.password())) {
            assertThat(connection.getCatalog()).isEqualTo(database.name());
        }
    }

    @Test
    void runsInAnAwkwardPlace(TestDatabase database) throws SQLException {
        assertThat("I".toLowerCase(Locale.getDefault())).isEqualTo("ı");
        assertThat(TimeZone.getDefault().getID()).isEqualTo("America/New_York");
        assertThat(database.value("SHOW timezone")).isNotEqualTo("UTC");
        assertThat(database.rows("""
                        SELECT unnest(setconfig) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
                         WHERE d.datname = current_database() ORDER BY 1"""))
                .extracting(row -> row.get(0))
                .containsExactlyInAnyOrder("DateStyle=SQL, DMY", "TimeZone=Asia/Kolkata", "extra_float_digits=0");
    }

    @Test
    void refusesASessionThatWasLeftOpen(TestDatabase database) throws SQLException {
        try (var connection = database.connect()) {
            assertThat(connection.isValid(1)).isTrue();
            assertThatThrownBy(() -> database.refuseOpenSessions(Duration.ZERO))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("1 sessions were left open on " + database.name());
        }
    }

    @Test
    void waitsForASessionThatIsEnding(TestDatabase database) throws Exception {
        var connection = database.connect();
        var closer = new Thread(() -> {
            try (connection) {
                Thread.sleep(100);
            } catch (InterruptedException | SQLException failure) {
                throw new IllegalStateException(failure);
            }
        });
        closer.start();
        database.refuseOpenSessions(Duration.ofSeconds(10));
        closer.join();
    }

    @Test
    void explainsWhyRootCannotStartAServer() {
        assertThat(PostgresServer.howToStart("root"))
                .contains("initdb never runs as root", "--privileged", "-Dpostgres=jdbc:postgresql://");
        assertThat(PostgresServer.howToStart("ada")).doesNotContain("root");
    }

    @Test
    void refusesAServerThatIsNoUrl() {
        assertThatThrownBy(() -> PostgresServer.start("mysql"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:postgresql:");
    }
}
