package dev.sealway.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

@ExtendWith(PostgresExtension.class)
class ConnectionTargetTest {
    private static final String SECRET = "s3cr:et/@%";

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db.example:6000/app?user=ada, ada@db.example:6000/app",
        "jdbc:postgresql://db.example/app?user=ada, ada@db.example:5432/app",
        "jdbc:postgresql:app?user=ada, ada@localhost:5432/app",
        "jdbc:postgresql://[::1]:6000/app?user=ada, ada@[::1]:6000/app",
        "postgresql://ada@db.example/app, ada@db.example:5432/app",
        "postgres://ada@db.example, ada@db.example:5432/ada",
        "postgresql://a%2Bda+x@/my%20app, a+da+x@localhost:5432/my app",
        "'postgresql://ada@one:1,two:2/app', 'ada@one:1,two:2/app'",
        "postgresql:///app, postgres@localhost:5432/app",
    })
    void readsBothFormsOfAUrl(String url, String description) {
        assertThat(ConnectionTarget.parse(url).describe()).isEqualTo(description);
    }

    @Test
    void decodesThePasswordAndNeverShowsIt() {
        var target = ConnectionTarget.parse("postgresql://ada:s3cr%3Aet%2F%40%25@host/app?sslmode=require");
        var source = (PGSimpleDataSource) target.dataSource();
        assertThat(source.getPassword()).isEqualTo(SECRET);
        assertThat(source.getSslMode()).isEqualTo("require");
        assertThat(target.toString()).doesNotContain("s3cr");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://ada:s3cr@host/app",
                "postgresql://ada:s3cr@host:port/app",
                "postgresql://ada:s3cr@host:70000/app",
                "postgresql://ada:s3cr%zz@host/app",
                "postgresql://ada:s3cr@host/app?sslmode",
                "postgresql://ada:s3cr@host/app?sslmod=require",
            })
    void refusesAUrlWithoutQuotingIt(String url) {
        assertThatThrownBy(() -> ConnectionTarget.parse(url))
                .isInstanceOfSatisfying(SealwayException.class, e -> assertThat(e.outcome())
                        .isEqualTo(SealwayException.Outcome.WRONG_USAGE))
                .hasNoCause()
                .hasMessageNotContaining("s3cr");
    }

    @Test
    void namesAnOptionThatTheDriverDoesNotKnow() {
        assertThatThrownBy(() -> ConnectionTarget.parse("postgresql://host/app?sslmod=require"))
                .hasMessageContaining("sslmod,");
    }

    @Test
    void takesTheEnvironmentOfSealwayBeforeThatOfLibpq() {
        var environment = Map.of(
                "SEALWAY_URL",
                "postgresql://host/app",
                "SEALWAY_USER",
                "ada",
                "SEALWAY_PASSWORD",
                "one",
                "PGHOST",
                "other",
                "PGUSER",
                "bob",
                "PGPASSWORD",
                "two");
        var target = ConnectionTarget.of(nothing(), environment);
        assertThat(target.describe()).isEqualTo("ada@host:5432/app");
        assertThat(((PGSimpleDataSource) target.dataSource()).getPassword()).isEqualTo("one");
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://ada:x@host/app?schema=public, ada@host:5432/app",
        "jdbc:postgresql://host:6000/app?user=ada, ada@host:6000/app",
    })
    void takesTheUrlThatApplicationsUse(String url, String description) {
        assertThat(ConnectionTarget.of(nothing(), Map.of("DATABASE_URL", url)).describe())
                .isEqualTo(description);
    }

    @Test
    void takesItsOwnUrlBeforeThatOfApplications() {
        var environment = Map.of(
                "SEALWAY_URL",
                "postgresql://ada@host/app",
                "DATABASE_URL",
                "postgresql://bob@other/else",
                "PGHOST",
                "a");
        assertThat(ConnectionTarget.of(nothing(), environment).describe()).isEqualTo("ada@host:5432/app");
    }

    @Test
    void takesTheEnvironmentOfLibpq() {
        var target = ConnectionTarget.of(
                nothing(),
                Map.of(
                        "PGHOST",
                        "::1",
                        "PGPORT",
                        "6000",
                        "PGDATABASE",
                        "a%b",
                        "PGUSER",
                        "bob",
                        "PGSSLMODE",
                        "disable"));
        assertThat(target.describe()).isEqualTo("bob@[::1]:6000/a%b");
        assertThat(((PGSimpleDataSource) target.dataSource()).getSslMode()).isEqualTo("disable");
    }

    @Test
    void refusesToGuessADatabase() {
        assertThatThrownBy(() -> ConnectionTarget.of(nothing(), Map.of("PGUSER", "bob")))
                .hasMessageContaining("no database is named; give --url");
        assertThatThrownBy(() -> ConnectionTarget.of(nothing(), Map.of("PGHOST", "/var/run/postgresql")))
                .hasMessageContaining("TCP");
    }

    @Test
    void prefersOptionsToTheUrl(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("password"), SECRET + "\n");
        var target = ConnectionTarget.of(
                new ConnectionTarget.Options(
                        Optional.of("postgresql://ada:x@host/app"), Optional.of("eve"), Optional.of(file)),
                Map.of());
        assertThat(target.describe()).isEqualTo("eve@host:5432/app");
        assertThat(((PGSimpleDataSource) target.dataSource()).getPassword()).isEqualTo(SECRET);
    }

    @Test
    void namesAPasswordFileThatIsMissing(@TempDir Path directory) {
        var options = new ConnectionTarget.Options(
                Optional.of("postgresql://host/app"), Optional.empty(), Optional.of(directory.resolve("none")));
        assertThatThrownBy(() -> ConnectionTarget.of(options, Map.of())).hasMessageContaining("none");
    }

    @Test
    @DisplayName("T83 a URL cannot switch to the query mode that writes values into statement texts")
    void overridesTheSimpleQueryMode(TestDatabase database) throws Exception {
        var url = database.jdbcUrl().replaceAll("(?<=[?&])ApplicationName=[^&]*&", "");
        var target = ConnectionTarget.parse(url + "&preferQueryMode=simple&logServerErrorDetail=true");
        try (var session = Database.of(target.dataSource()).open()) {
            assertThat(session).isNotNull();
        }
        try (var connection = target.dataSource().getConnection()) {
            assertThat(connection.unwrap(PGConnection.class).getPreferQueryMode())
                    .isEqualTo(PreferQueryMode.EXTENDED);
            assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("sealway");
        }
    }

    private static ConnectionTarget.Options nothing() {
        return new ConnectionTarget.Options(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
