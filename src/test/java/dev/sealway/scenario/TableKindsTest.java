package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** Whole lives of tables that are not plain: partitioned, with composite row keys, bound to their rows, hidden rows. */
@ExtendWith(PostgresExtension.class)
class TableKindsTest {

    @Test
    void livesThroughPartitionsAndMovesBetweenThem(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE visits (region text, id int, email text NOT NULL, PRIMARY KEY (region, id),"
                        + " UNIQUE (region, email)) PARTITION BY LIST (region)",
                "CREATE TABLE visits_eu PARTITION OF visits FOR VALUES IN ('eu') PARTITION BY HASH (region)",
                "CREATE TABLE visits_eu_1 PARTITION OF visits_eu FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
                "CREATE TABLE visits_us (id int NOT NULL, note int, email text NOT NULL, region text NOT NULL)",
                "ALTER TABLE visits_us DROP COLUMN note",
                "ALTER TABLE visits ATTACH PARTITION visits_us FOR VALUES IN ('us')",
                "INSERT INTO visits SELECT CASE g % 2 WHEN 0 THEN 'eu' ELSE 'us' END, g, 'a' || g FROM generate_series(1, 300) g");
        Life life = Life.of(database, """
                        tables:
                          public.visits:
                            columns:
                              email: { search: { normalizer: exact, unique: carry, accept-leakage: "few rows" } }
                        """).toVerified();
        life.sealway().views(Selection.ALL);
        database.execute(
                "UPDATE visits SET region = 'us', email = 'moved' WHERE id = 2",
                "UPDATE visits SET region = 'us' WHERE id = 4");
        assertThat(
                        database.value(
                                "SELECT string_agg((email_encrypted IS NULL)::text, ' ' ORDER BY id) FROM visits WHERE id IN (2, 4)"))
                .isEqualTo("true false");
        life.rehearse().contract();
        assertThat(database.value("SELECT count(email_encrypted) || ' ' || count(email_search) FROM visits"))
                .isEqualTo("300 300");
        assertThat(database.value("SELECT count(email) FROM visits_sealed")).isEqualTo("300");
        assertThat(database.value("SELECT count(*) FROM pg_index WHERE indisunique AND NOT indisprimary AND indisvalid"
                        + " AND indrelid IN ('visits'::regclass, 'visits_eu'::regclass, 'visits_us'::regclass)"))
                .isEqualTo("3");
        assertThat(database.value("SELECT bool_and(attnotnull) FROM pg_attribute WHERE attname = 'email_encrypted'"
                        + " AND attrelid IN ('visits'::regclass, 'visits_eu'::regclass, 'visits_us'::regclass)"))
                .isEqualTo("t");
    }

    @Test
    @DisplayName("T26 a table that is bound to its rows keeps its row keys after the drop")
    void locksRowKeysOfBoundRows(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE cards (owner uuid, no int, number text NOT NULL, PRIMARY KEY (owner, no))",
                "INSERT INTO cards SELECT gen_random_uuid(), g, 'c' || g FROM generate_series(1, 100) g");
        Life life = Life.of(database, "tables:\n  public.cards: { bind: row, columns: { number: {} } }\n")
                .toVerified();
        database.execute("UPDATE cards SET no = 777 WHERE no = 7");
        assertThat(database.value("SELECT number_encrypted IS NULL FROM cards WHERE no = 777"))
                .isEqualTo("t");
        life.rehearse().contract();
        assertThatThrownBy(() -> database.execute("UPDATE cards SET no = 888 WHERE no = 8"))
                .hasMessageContaining("the row key cannot change");
        database.execute("UPDATE cards SET no = no, number_encrypted = number_encrypted WHERE no = 8");
        var owner = database.value("SELECT owner FROM cards WHERE no = 777");
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT number_encrypted FROM cards WHERE no = 777")) {
            assertThat(rows.next()).isTrue();
            byte[] ciphertext = rows.getBytes(1);
            assertThat(life.sealway().column("cards.number").open(ciphertext, owner, "777"))
                    .isEqualTo("c7");
            assertThatThrownBy(() -> life.sealway().column("cards.number").open(ciphertext, owner, "8"))
                    .isInstanceOf(SealwayException.class);
        }
    }

    @Test
    @DisplayName("T63 a role from which row-level security hides rows gets an error, not half a migration")
    void refusesHiddenRows(TestDatabase database) throws SQLException {
        String role = database.name() + "_owner";
        database.execute(
                "CREATE ROLE %s LOGIN".formatted(role),
                "GRANT ALL ON SCHEMA public TO %s".formatted(role),
                "GRANT CREATE ON DATABASE %s TO %s".formatted(database.name(), role),
                "CREATE TABLE users (id int PRIMARY KEY, mine boolean, name text)",
                "INSERT INTO users SELECT g, g < 3, 'n' || g FROM generate_series(1, 5) g",
                "ALTER TABLE users OWNER TO %s".formatted(role),
                "CREATE POLICY mine ON users USING (mine)",
                "ALTER TABLE users ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE users FORCE ROW LEVEL SECURITY");
        try {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(database.bareJdbcUrl());
            source.setUser(role);
            Life life = Life.of(database, "tables:\n  public.users: { columns: { name: {} } }\n")
                    .through(source);
            assertThatThrownBy(life::toVerified).isInstanceOf(SealwayException.class);
            assertThat(database.value(
                            "SELECT count(*) FROM users WHERE to_jsonb(users) ->> 'name_encrypted' IS NOT NULL"))
                    .isEqualTo("0");
        } finally {
            database.execute("DROP OWNED BY %s".formatted(role), "DROP ROLE %s".formatted(role));
        }
    }
}
