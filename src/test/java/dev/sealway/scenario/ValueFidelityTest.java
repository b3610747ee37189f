package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.Sealway;
import dev.sealway.error.SealwayException;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.SiblingDatabase;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.SealedField;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class ValueFidelityTest {

    @Test
    @DisplayName("T21 bytes stay bytes however often a statement runs")
    void readsBytesAsBytes(TestDatabase database) throws SQLException {
        database.execute("CREATE TABLE scan (id int PRIMARY KEY, body bytea)", """
                INSERT INTO scan SELECT g, decode(md5(g::text), 'hex') || '\\x00ff5c27'::bytea FROM generate_series(1, 30) g""");
        Life life = Life.of(database, "tables: { public.scan: { columns: { body: {} } } }")
                .batchesOf(1)
                .toVerified();
        SealedField body = life.sealway().column("scan.body");
        try (var connection = database.connect();
                var select = connection.prepareStatement(
                        "SELECT body_encrypted, '\\x' || encode(body, 'hex') FROM scan WHERE id = ?")) {
            for (int id = 1; id <= 30; id++) {
                select.setInt(1, id);
                try (var row = select.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    assertThat(body.open(row.getBytes(1)))
                            .isEqualTo(row.getString(2))
                            .doesNotStartWith("\\x5b4240");
                }
            }
        }
    }

    @Test
    @DisplayName("T22 the length of a ciphertext does not tell short values apart")
    void hidesTheLengthsOfShortValues(TestDatabase database) throws SQLException {
        database.execute("CREATE TYPE mood AS ENUM ('sad', 'ok', 'beside oneself')", """
                CREATE TABLE person (id int PRIMARY KEY, member boolean, feels mood, shoe smallint, score numeric(9,2),
                  born date, plain text)""", """
                INSERT INTO person
                SELECT g, g % 2 = 0, (enum_range(NULL::mood))[1 + g % 3], (g * g * g)::smallint, (g - 15) * 1000.5,
                       CASE g WHEN 1 THEN 'infinity' ELSE date '0044-03-15 BC' + g * 1000 END, repeat('x', g)
                  FROM generate_series(1, 30) g""");
        Life.of(database, """
                tables:
                  public.person: { columns: { member: {}, feels: {}, shoe: {}, score: {}, born: {}, plain: {} } }
                """).toVerified();
        assertThat(database.rows("""
                        SELECT count(DISTINCT octet_length(member_encrypted)), count(DISTINCT octet_length(feels_encrypted)),
                               count(DISTINCT octet_length(shoe_encrypted)), count(DISTINCT octet_length(score_encrypted)),
                               count(DISTINCT octet_length(born_encrypted)), count(DISTINCT octet_length(plain_encrypted))
                          FROM person""")).containsExactly(List.of("1", "1", "1", "1", "1", "30"));
    }

    @Test
    @DisplayName("T23 nothing, an empty text, a megabyte and rare characters all come back")
    void keepsExtremeTexts(TestDatabase database) throws SQLException {
        String rare = "\uD83D\uDE00 \uDBFF\uDFFF \uE000 e\u0301 \u00E9 \uFEFF\u202E\uFFFD \u0001";
        String megabyte = "0123456789abcde\n".repeat(1 << 16);
        database.execute("CREATE TABLE note (id int PRIMARY KEY, body text)");
        List<String> bodies = List.of("", rare, megabyte);
        try (var connection = database.connect();
                var insert = connection.prepareStatement("INSERT INTO note VALUES (?, ?)")) {
            for (String text : bodies) {
                insert.setInt(1, bodies.indexOf(text));
                insert.setString(2, text);
                insert.execute();
            }
        }
        database.execute("INSERT INTO note VALUES (99, NULL)");
        Life life = Life.of(database, "tables: { public.note: { columns: { body: {} } } }")
                .toVerified();
        assertThat(database.value("SELECT body_encrypted IS NULL FROM note WHERE id = 99"))
                .isEqualTo("t");
        assertThat(database.value("SELECT octet_length(body_encrypted) FROM note WHERE id = 0"))
                .isEqualTo("33");
        assertThat(opened(life.sealway(), database)).isEqualTo(bodies);
    }

    private static List<String> opened(Sealway sealway, TestDatabase database) throws SQLException {
        SealedField body = sealway.column("note.body");
        List<String> opened = new ArrayList<>();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT body_encrypted FROM note WHERE body_encrypted IS NOT NULL ORDER BY id")) {
            while (rows.next()) {
                opened.add(body.open(rows.getBytes(1)));
            }
        }
        return opened;
    }

    @Test
    @DisplayName("T23 a database that does not know what its bytes mean is refused")
    void refusesADatabaseWithoutAnEncoding(TestDatabase database) throws SQLException {
        try (SiblingDatabase ascii = SiblingDatabase.create(
                database, "ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")) {
            ascii.execute("CREATE TABLE note (id int PRIMARY KEY, body text)");
            Life life = Life.of(database, "tables: { public.note: { columns: { body: {} } } }")
                    .through(ascii);
            assertThatThrownBy(life::expand)
                    .isInstanceOf(SealwayException.class)
                    .hasMessageContaining("SQL_ASCII");
        }
    }
}
