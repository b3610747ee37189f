package dev.sealway.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.SiblingDatabase;
import dev.sealway.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class OwnConnectionsTest {
    private TestDatabase database;
    private Connection liquibases;

    @BeforeEach
    void connect(TestDatabase fresh) throws Exception {
        database = fresh;
        liquibases = DriverManager.getConnection(fresh.jdbcUrl());
    }

    @AfterEach
    void disconnect() throws Exception {
        liquibases.close();
    }

    @Test
    void followsTheUrlAndTheUserOfLiquibasesConnection() throws Exception {
        try (Connection own = checked(Map.of("PGUSER", "somebody", "DATABASE_URL", "postgresql://elsewhere/db"))
                .getConnection()) {
            assertThat(own.getCatalog()).isEqualTo(database.name());
            assertThat(own.getMetaData().getUserName()).isEqualTo(database.user());
        }
    }

    @Test
    void prefersWhatTheEnvironmentNames() throws Exception {
        try (Connection own = checked(Map.of("SEALWAY_URL", database.jdbcUrl() + "&ApplicationName=sealing"))
                .getConnection()) {
            assertThat(own.getClientInfo("ApplicationName")).isEqualTo("sealing");
        }
    }

    @Test
    void prefersTheDataSourceThatAProgramPutIntoTheScope() throws Exception {
        DataSource given = database.dataSource();

        DataSource own = Scope.child(
                Map.of(OwnConnections.SCOPE_KEY, given), () -> checked(Map.of("SEALWAY_URL", "postgresql://none/db")));

        assertThat(own).isSameAs(given);
    }

    @Test
    void refusesAnotherDatabaseOfTheSameServer() throws Exception {
        try (SiblingDatabase sibling = SiblingDatabase.create(database, "")) {
            assertThatThrownBy(() -> Scope.child(Map.of(OwnConnections.SCOPE_KEY, sibling), () -> checked(Map.of())))
                    .isInstanceOf(SealwayException.class)
                    .hasMessageContaining("another one than the connection that it was called with");
        }
        assertThat(database.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
                .as("locks that are left")
                .isEqualTo("0");
    }

    @Test
    void tellsWhatToSetWhereItCannotLogIn() {
        assertThatThrownBy(
                        () -> checked(Map.of("SEALWAY_URL", database.bareJdbcUrl(), "SEALWAY_USER", "nobody at all")))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("keeps its password to itself")
                .hasMessageContaining("SEALWAY_PASSWORD");
    }

    @Test
    void findsThePasswordThatTheMavenPluginWasGiven() throws Exception {
        Map<String, Object> maven = Map.of("mavenConfigurationProperties", Map.of("password", "not told"));

        assertThat(Scope.child(maven, LiquibasePassword::find)).contains("not told");
        assertThat(LiquibasePassword.find()).isEmpty();
    }

    private DataSource checked(Map<String, String> environment) {
        return new OwnConnections(liquibases, environment).checked();
    }
}
