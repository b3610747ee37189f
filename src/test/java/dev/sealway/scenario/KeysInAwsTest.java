package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealway.Sealway;
import dev.sealway.config.Keygen;
import dev.sealway.keys.KeyNotFoundException;
import dev.sealway.keys.KeyUnavailableException;
import dev.sealway.ledger.WrongKeyBundleException;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.planfile.PlanReader;
import dev.sealway.testing.AwsExtension;
import dev.sealway.testing.AwsServer;
import dev.sealway.testing.KmsKeys;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.net.URI;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, AwsExtension.class})
class KeysInAwsTest {

    private static final String ROWS = "SELECT string_agg(xmin::text || u::text, ',' ORDER BY id) FROM users u";

    private final String secret = "sealway/life/%s".formatted(UUID.randomUUID());
    private TestDatabase database;
    private AwsServer aws;

    @BeforeEach
    void createUsers(TestDatabase database, AwsServer aws) throws SQLException {
        this.database = database;
        this.aws = aws;
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, name text)",
                "INSERT INTO users SELECT g, 'Name ' || g FROM generate_series(1, 50) g");
    }

    @Test
    void livesOnABundleThatKmsWrapped() throws SQLException {
        String kek = ", kek: { kind: aws-kms, key: %s, region: us-east-1, endpoint: '%s' }"
                .formatted(KmsKeys.newKey(aws), aws.endpoint());
        Plan plan = plan(secret, aws.endpoint(), kek);
        Keygen.to(plan, Map.of(), "shop", "AES256_GCM");

        sealway(plan).expand(Selection.ALL);

        assertThat(sealway(plan).backfill(Selection.ALL).passed()).isTrue();
        assertThat(sealway(plan).verify(Selection.ALL).passed()).isTrue();
        assertThat(database.value("SELECT count(name_encrypted) FROM users")).isEqualTo("50");
    }

    @Test
    @DisplayName("T30 another secret ends a backfill before its first row, and a missing one is not made up")
    void refusesAnotherSecret() throws SQLException {
        Plan plan = plan(secret, aws.endpoint(), "");
        Keygen.to(plan, Map.of(), "shop", "AES256_GCM");
        sealway(plan).expand(Selection.ALL);
        Plan staging = plan("%s-staging".formatted(secret), aws.endpoint(), "");
        String before = database.value(ROWS);

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(KeyNotFoundException.class)
                    .isThrownBy(() -> sealway(staging).backfill(Selection.ALL));
        }
        Keygen.to(staging, Map.of(), "staging", "AES256_GCM");
        assertThatExceptionOfType(WrongKeyBundleException.class)
                .isThrownBy(() -> sealway(staging).backfill(Selection.ALL));

        assertThat(database.value(ROWS)).isEqualTo(before);
    }

    @Test
    @DisplayName("T34 an outage ends a command before it writes, and the next one goes on")
    void goesOnAfterAnOutage() throws SQLException {
        Plan plan = plan(secret, aws.endpoint(), "");
        Keygen.to(plan, Map.of(), "shop", "AES256_GCM");
        sealway(plan).expand(Selection.ALL);
        String before = database.value(ROWS);

        assertThatExceptionOfType(KeyUnavailableException.class)
                .isThrownBy(() -> sealway(plan(secret, URI.create("http://127.0.0.1:1"), ""))
                        .backfill(Selection.ALL))
                .withMessageContaining("AWS was not reached");
        assertThat(database.value(ROWS)).isEqualTo(before);

        assertThat(sealway(plan).backfill(Selection.ALL).passed()).isTrue();
        assertThat(sealway(plan).verify(Selection.ALL).passed()).isTrue();
    }

    private Sealway sealway(Plan plan) {
        return Sealway.plan(plan).environment(Map.of()).on(database.dataSource());
    }

    private static Plan plan(String secret, URI endpoint, String kek) {
        return PlanReader.read("""
                sealway: 1
                name: shop
                keys: { provider: aws-secrets-manager, ref: %s, region: us-east-1, endpoint: '%s'%s }
                tables: { public.users: { columns: { name: {} } } }
                """.formatted(secret, endpoint, kek), "test.yaml");
    }
}
