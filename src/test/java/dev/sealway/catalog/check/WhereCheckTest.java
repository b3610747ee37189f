package dev.sealway.catalog.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.catalog.Looking;
import dev.sealway.plan.Binding;
import dev.sealway.plan.Mode;
import dev.sealway.plan.PlanFault;
import dev.sealway.plan.TableName;
import dev.sealway.plan.TablePlan;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class WhereCheckTest {

    @BeforeEach
    void table(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE t (id int PRIMARY KEY, name text, at timestamptz, on_day date, ok boolean, tags text[]);
                CREATE FUNCTION steady(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 2';
                CREATE FUNCTION "Shaky"(a int, b int DEFAULT 3) RETURNS boolean LANGUAGE plpgsql STABLE AS
                  'BEGIN RETURN a > b; END'""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ok",
                "is_null IS NULL OR true",
                "ok = false",
                "id > 5 AND name IS NOT NULL",
                "lower(name) LIKE 'a%' -- comment",
                "length(name) > 3 OR coalesce(name, 'now()') = 'current_user'",
                "public.steady(id)",
                "at < '2024-01-01' AND on_day > '2020-02-02'",
                "tags @> ARRAY['x'] AND id = ANY (ARRAY[1, 2])",
                "id BETWEEN 1 AND 5 AND name ~ '^a(b|c)$'",
                "CASE WHEN ok THEN id > 2 ELSE name = 'it''s (SELECT' END"
            })
    void acceptsOneSteadyCondition(String where, TestDatabase db) throws SQLException {
        db.execute("ALTER TABLE t ADD COLUMN is_null int");
        assertThat(fault(db, where)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "id=1) or (id=2 | is not one condition",
                "true THEN 1 END, (CASE WHEN ok | is not one condition",
                "id = | is not one condition",
                "nonsense > 3 | is not one condition",
                "id | is not one condition",
                "count(*) > 1 | is not one condition",
                "ok /* | is not one condition",
                "ok; COMMIT; DROP TABLE t | holds a semicolon",
                "id > $1 | holds a semicolon, a question mark or a numbered parameter",
                "id > ? | holds a semicolon, a question mark",
                "id IN (SELECT 1) | holds a sub-select",
                "EXISTS (SELECT FROM public.t x WHERE x.id > t.id) | holds a sub-select",
                "id > (TABLE pg_catalog.pg_class LIMIT 1) | is not one condition",
                "id > (SELECT max(x.id) FROM public.t x) | holds a sub-select",
                "at < now() | calls now, which is not immutable",
                "at < CURRENT_TIMESTAMP | calls current_timestamp, which is not immutable",
                "on_day < current_date | calls current_date, which is not immutable",
                "name = current_user | calls current_user, which is not immutable",
                "random() < 0.5 | calls random, which is not immutable",
                "public.\"Shaky\"(id) | calls Shaky, which is not immutable",
                "name = current_setting('TimeZone') | calls current_setting, which is not immutable"
            })
    void refusesAnythingElse(String where, String message, TestDatabase db) throws SQLException {
        assertThat(fault(db, where)).singleElement().asString().startsWith("where " + message);
        assertThat(db.value("SELECT count(*) FROM t")).isEqualTo("0");
    }

    private static List<String> fault(TestDatabase db, String where) {
        TablePlan plan = new TablePlan(
                new TableName("public", "t"),
                1,
                Mode.EXPAND,
                Binding.COLUMN,
                Optional.empty(),
                false,
                Optional.of(where),
                List.of(),
                Map.of());
        Findings findings = new Findings();
        Looking.at(db, tx -> {
            WhereCheck.check(tx, plan, Looking.table(db, "t"), findings);
            return "";
        });
        return findings.collected().faults().stream().map(PlanFault::message).toList();
    }
}
