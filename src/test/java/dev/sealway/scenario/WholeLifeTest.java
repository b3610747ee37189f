package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class WholeLifeTest {

    private static final String TABLES = """
            tables:
              public.users:
                columns:
                  email: { search: { normalizer: email, unique: carry } }
                  name: {}
                  balance: {}
            """;

    @BeforeEach
    void createsUsers(TestDatabase database) throws SQLException {
        database.execute("""
                CREATE TABLE users (id int GENERATED ALWAYS AS IDENTITY, region text, email text NOT NULL UNIQUE,
                  name text, balance numeric(12,2), PRIMARY KEY (region, id))""", """
                INSERT INTO users (region, email, name, balance)
                SELECT 'r' || g % 3, 'User' || g || '@example.org', CASE WHEN g % 7 > 0 THEN 'Name ' || g END, g / 3.0
                  FROM generate_series(1, 1234) g""");
    }

    @Test
    void goesFromPlaintextToEncryptedAndDropsIt(TestDatabase database) throws SQLException {
        Life life = Life.of(database, TABLES);
        life.expand();
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        VerifyReport verified = life.sealway().verify(Selection.ALL);
        assertThat(verified.passed()).isTrue();
        assertThat(verified.tables().get(0).columns().get(0).proven()).isEqualTo(1234);
        life.sealway().views(Selection.ALL);
        assertThatThrownBy(() -> life.sealway().contract(Selection.ALL, "drop it"))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining(life.phrase());
        life.rehearse().contract();

        assertThat(database.value("SELECT string_agg(column_name, ',' ORDER BY ordinal_position)"
                        + " FROM information_schema.columns WHERE table_name = 'users'"))
                .isEqualTo("id,region,email_encrypted,email_search,name_encrypted,balance_encrypted");
        var email = life.sealway().column("users.email");
        try (var connection = database.connect();
                var select = connection.prepareStatement("SELECT email FROM users_sealed WHERE email_search = ?")) {
            select.setBytes(1, email.searchToken("  user77@EXAMPLE.org"));
            try (var rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(email.open(rows.getBytes(1))).isEqualTo("User77@example.org");
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @Test
    void comesBackFromEveryPhaseBeforeTheDrop(TestDatabase database) throws SQLException {
        String before = shape(database);
        Life life = Life.of(database, TABLES).toVerified();
        life.sealway().views(Selection.ALL);
        life.sealway().rollback(Selection.ALL);
        assertThat(shape(database)).isEqualTo(before);
        life.toContracted();
    }

    @Test
    void estimatesBeforeAnythingIsThere(TestDatabase database) throws SQLException {
        var report = Life.of(database, TABLES).sealway().estimate(Selection.ALL);
        assertThat(report.tables().get(0).rows()).isEqualTo(1234);
        assertThat(report.tables().get(0).sampledRows()).isGreaterThanOrEqualTo(1000);
        assertThat(report.tables().get(0).tableGrowth()).isPositive();
    }

    @Test
    void estimatesWhereThereIsNothingToSeal(TestDatabase database) throws SQLException {
        database.execute(
                "ALTER TABLE users ALTER email DROP NOT NULL; UPDATE users SET email = NULL, name = NULL, balance = NULL");
        Life life = Life.of(database, TABLES);
        assertThat(life.sealway().estimate(Selection.ALL).tables().get(0).rows())
                .isEqualTo(1234);
        database.execute("TRUNCATE users");
        assertThat(life.sealway().estimate(Selection.ALL).tables().get(0).rows())
                .isZero();
    }

    private static String shape(TestDatabase database) throws SQLException {
        return database.rows("""
                        SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
                         WHERE attrelid = 'users'::regclass AND attnum > 0 AND NOT attisdropped
                        UNION ALL SELECT 'index', indexrelid::regclass::text FROM pg_index WHERE indrelid = 'users'::regclass
                        UNION ALL SELECT 'trigger', tgname FROM pg_trigger WHERE tgrelid = 'users'::regclass
                        UNION ALL SELECT 'constraint', conname FROM pg_constraint WHERE conrelid = 'users'::regclass
                        ORDER BY 1, 2""").toString();
    }
}
