package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.plan.PlanRefusedException;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A ciphertext or a token that is not where it belongs, or not what it was, is found and named by its row key. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class MisplacedValueTest {

    private static final String COLUMNS = """
                columns:
                  email: { search: { normalizer: email, unique: carry } }
                  name: {}
            """;
    private static final String OF_COLUMN = "tables:\n  public.users:\n".concat(COLUMNS);
    private static final String OF_ROW = "tables:\n  public.users:\n    bind: row\n".concat(COLUMNS);

    @BeforeEach
    void createsUsers(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE users (region text, id int, email text UNIQUE, name text, PRIMARY KEY (region, id))",
                """
                INSERT INTO users SELECT 'r' || g % 2, g, 'User' || g || '@example.org', 'User' || g || '@example.org'
                  FROM generate_series(1, 100) g""");
    }

    @Test
    @DisplayName("T25 a ciphertext of another column")
    void findsACiphertextOfAnotherColumn(TestDatabase database) throws SQLException {
        Life life = Life.of(database, OF_COLUMN).toVerified();
        database.execute("UPDATE users SET name_encrypted = email_encrypted WHERE id = 7");
        assertOneMismatch(life, "row (r1, 7), column name: does not decrypt");
    }

    @Test
    @DisplayName("T25, T70 ciphertexts of two rows swapped, bound to their rows")
    void findsSwappedRows(TestDatabase database) throws SQLException {
        Life life = Life.of(database, OF_ROW).toVerified();
        database.execute("""
                UPDATE users u SET name_encrypted = o.name_encrypted FROM users o
                 WHERE (u.id, o.id) IN ((3, 4), (4, 3))""");
        VerifyReport.Column name = verified(life, 1);
        assertThat(name.mismatched()).isEqualTo(2);
        assertThat(name.examples()).anyMatch(e -> e.startsWith("row (r1, 3), column name: does not decrypt"));
        assertThat(name.examples()).anyMatch(e -> e.startsWith("row (r0, 4), column name: does not decrypt"));
    }

    @Test
    @DisplayName("T70 swapped rows of a column binding hold another value")
    void findsSwappedValues(TestDatabase database) throws SQLException {
        Life life = Life.of(database, OF_COLUMN).toVerified();
        database.execute("""
                UPDATE users u SET name_encrypted = o.name_encrypted FROM users o
                 WHERE (u.id, o.id) IN ((3, 4), (4, 3))""");
        assertThat(verified(life, 1).examples())
                .anyMatch(e -> e.startsWith("row (r1, 3), column name: decrypts to another value"));
    }

    @Test
    @DisplayName("T70 one byte of one ciphertext")
    void findsAnAlteredCiphertext(TestDatabase database) throws SQLException {
        Life life = Life.of(database, OF_COLUMN).toVerified();
        database.execute("""
                UPDATE users SET name_encrypted = set_byte(name_encrypted, 20, get_byte(name_encrypted, 20) # 1)
                 WHERE id = 55""");
        assertOneMismatch(life, "row (r1, 55), column name: does not decrypt");
        assertThatThrownBy(() -> life.contract()).hasMessageContaining("not verified");
    }

    @Test
    @DisplayName("T70 one token")
    void findsAnAlteredToken(TestDatabase database) throws SQLException {
        Life life = Life.of(database, OF_COLUMN).toVerified();
        database.execute("UPDATE users SET email_search = set_byte(email_search, 0, get_byte(email_search, 0) # 1)"
                + " WHERE id = 56");
        VerifyReport.Column email = verified(life, 0);
        assertThat(email.mismatched()).isEqualTo(1);
        assertThat(email.examples().get(0)).startsWith("row (r0, 56), column email: has a search token that is not");
    }

    @Test
    @DisplayName("T26 a row key that changes takes its ciphertexts along, or may not change")
    void handlesAChangedRowKey(TestDatabase database) throws SQLException {
        Life life = Life.of(database, OF_ROW).toVerified();
        database.execute("UPDATE users SET id = 1007 WHERE id = 7", "UPDATE users SET region = 'r9' WHERE id = 8");
        assertThat(database.value("SELECT count(*) FROM users WHERE name_encrypted IS NULL AND email_search IS NULL"))
                .isEqualTo("2");
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        assertThat(verified(life, 1).proven()).isEqualTo(100);
        life.rehearse().contract();

        assertThatThrownBy(() -> database.execute("UPDATE users SET id = 2007 WHERE id = 1007"))
                .hasMessageContaining("the row key cannot change");
        database.execute("UPDATE users SET id = id, region = region WHERE id = 1007");
        var name = life.sealway().column("users.name");
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT name_encrypted FROM users WHERE id = 1007")) {
            assertThat(row.next()).isTrue();
            assertThat(name.open(row.getBytes(1), "r1", "1007")).isEqualTo("User7@example.org");
        }
    }

    @Test
    @DisplayName("T26 a row key with several texts for one value")
    void refusesToBindToAnAmbiguousRowKey(TestDatabase database) throws SQLException {
        database.execute("CREATE EXTENSION citext");
        for (String type : List.of("numeric", "citext", "timestamptz", "char(5)")) {
            database.execute(
                    "DROP TABLE IF EXISTS keyed", "CREATE TABLE keyed (id %s PRIMARY KEY, name text)".formatted(type));
            Life life = Life.of(database, "tables: { public.keyed: { bind: row, columns: { name: {} } } }");
            assertThatThrownBy(life::expand)
                    .as(type)
                    .isInstanceOf(PlanRefusedException.class)
                    .hasMessageContaining("bind");
        }
    }

    private static void assertOneMismatch(Life life, String beginning) {
        VerifyReport.Column name = verified(life, 1);
        assertThat(name.passed()).isFalse();
        assertThat(name.proven()).isEqualTo(99);
        assertThat(name.examples()).hasSize(1);
        assertThat(name.examples().get(0)).startsWith(beginning).doesNotContain("example.org");
    }

    private static VerifyReport.Column verified(Life life, int column) {
        return life.sealway().verify(Selection.ALL).tables().get(0).columns().get(column);
    }
}
