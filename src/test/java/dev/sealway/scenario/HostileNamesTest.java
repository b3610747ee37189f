package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.workflow.Verb;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names that SQL text, regular expressions and JDBC escapes would trip over, through a whole life. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class HostileNamesTest {

    private static final String TABLES = """
            tables:
              '"we""ird"."a.b"':
                columns:
                  'x"; DROP TABLE t;--': { search: { normalizer: exact, unique: carry, accept-leakage: "few rows" } }
                  'Ünï ?': { search: { normalizer: exact, accept-leakage: "few rows" } }
                  'select': {}
                  '{d ''2020''}': {}
                  'it''s $1 %s': {}
            """;

    private static void create(TestDatabase database) throws SQLException {
        database.execute("CREATE SCHEMA \"we\"\"ird\"", """
                CREATE TABLE "we""ird"."a.b" ("order" int, "k""e'y" text, "x""; DROP TABLE t;--" text UNIQUE NOT NULL,
                  "Ünï ?" text, "select" numeric, "{d '2020'}" text, "it's $1 %s" text, PRIMARY KEY ("order", "k""e'y"))""", "CREATE TABLE t (id int)", """
                INSERT INTO "we""ird"."a.b" SELECT g, 'k''' || g, 'v' || g, 'w', g, '{', '%' FROM generate_series(1, 250) g""");
    }

    @Test
    @DisplayName("T66 hostile names live a whole life, back and forth")
    void surviveAWholeLife(TestDatabase database) throws SQLException {
        create(database);
        String before = shape(database);
        Life life = Life.of(database, TABLES).toVerified();
        life.sealway().views(Selection.ALL);
        life.sealway().rollback(Selection.ALL);
        assertThat(shape(database)).isEqualTo(before);
        life.toVerified();
        life.sealway().views(Selection.ALL);
        for (var verb : Verb.values()) {
            if (verb != Verb.EXPAND && verb != Verb.PURGE) {
                assertThat(life.sealway().preview(verb, Selection.ALL)).isNotEmpty();
            }
        }
        database.execute("UPDATE \"we\"\"ird\".\"a.b\" SET \"Ünï ?\" = 'new' WHERE \"order\" = 7");
        assertThatThrownBy(() -> life.sealway().contract(Selection.ALL, "no")).isInstanceOf(SealwayException.class);
        life.rehearse().contract();
        assertThat(database.value("SELECT string_agg(attname, '|' ORDER BY attnum) FROM pg_attribute"
                        + " WHERE attrelid = '\"we\"\"ird\".\"a.b_sealed\"'::regclass"))
                .isEqualTo("order|k\"e'y|x\"; DROP TABLE t;--|Ünï ?|select|{d '2020'}|it's $1 %s|"
                        + "x\"; DROP TABLE t;--_search|Ünï ?_search");
        var field = life.sealway().column("we\"ird.a.b.Ünï ?");
        try (var connection = database.connect();
                var select = connection.createStatement();
                var rows =
                        select.executeQuery("SELECT \"Ünï ?\" FROM \"we\"\"ird\".\"a.b_sealed\" WHERE \"order\" = 7")) {
            assertThat(rows.next()).isTrue();
            assertThat(field.open(rows.getBytes(1))).isEqualTo("new");
        }
        assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("0");
    }

    @Test
    @DisplayName("T66 a derived name that would be too long is refused, and nothing is added")
    void refusesADerivedNameThatIsTooLong(TestDatabase database) throws SQLException {
        String longName = "n".repeat(60);
        database.execute("CREATE TABLE t (id int PRIMARY KEY, " + longName + " text)");
        assertThatThrownBy(() -> Life.of(database, "tables:\n  public.t: { columns: { " + longName + ": {} } }\n")
                        .expand())
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("63");
        assertThat(database.value("SELECT count(*) FROM information_schema.columns WHERE table_name = 't'"))
                .isEqualTo("2");
    }

    @Test
    @DisplayName("T66 names of 63 bytes are shortened where they are Sealway's to choose")
    void shortensIndexNames(TestDatabase database) throws SQLException {
        String table = "t".repeat(56);
        String column = "c".repeat(53);
        database.execute(
                "CREATE TABLE %s (id int PRIMARY KEY, %s text UNIQUE)".formatted(table, column),
                "INSERT INTO %s SELECT g, 'v' || g FROM generate_series(1, 20) g".formatted(table));
        Life life = Life.of(
                database,
                "tables:\n  public.%s: { columns: { %s: { search: { normalizer: exact, unique: carry, accept-leakage: x } } } }\n"
                        .formatted(table, column));
        life.toVerified();
        life.sealway().views(Selection.ALL);
        life.rehearse().contract();
        assertThat(database.value("SELECT count(*) FROM pg_constraint WHERE contype = 'u' AND conrelid = '%s'::regclass"
                        .formatted(table)))
                .isEqualTo("1");
    }

    private static String shape(TestDatabase database) throws SQLException {
        return database.rows("SELECT attname FROM pg_attribute WHERE attrelid = '\"we\"\"ird\".\"a.b\"'::regclass"
                        + " AND attnum > 0 AND NOT attisdropped UNION ALL SELECT relname FROM pg_class"
                        + " WHERE relnamespace = 'we\"ird'::regnamespace ORDER BY 1")
                .toString();
    }
}
