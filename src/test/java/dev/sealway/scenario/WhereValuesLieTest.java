package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class WhereValuesLieTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns:
                  email: { search: { normalizer: email } }
                  lives: {}
            """;

    @Test
    @DisplayName("T76 no relation ever holds a copy of a value, and after the drop none holds it at all")
    void keepsNoCopies(TestDatabase database) throws SQLException {
        database.execute("CREATE TYPE place AS (street text, floor int)", """
                CREATE TABLE people (id int PRIMARY KEY, email text, lives place)""", """
                INSERT INTO people
                SELECT g, 'CNRY-7f3e-' || g || '@example.org', ('CNRY-7f3e street ' || g, NULLIF(g, 5))::place
                  FROM generate_series(1, 200) g""", "ANALYZE people");
        Life life = Life.of(database, TABLES);
        assertThat(holding(database)).containsExactly("public.people", "statistics of people");
        life.sealway().estimate(Selection.ALL);
        life.toVerified();
        life.sealway().views(Selection.ALL);
        assertThat(holding(database)).containsExactly("public.people", "statistics of people");
        assertThat(database.value("SELECT count(*) FROM people WHERE lives_encrypted IS NULL"))
                .isEqualTo("0");
        life.rehearse().contract();
        assertThat(holding(database)).isEmpty();
    }

    /** The canary in clear, or as the hex of a bytea. */
    private static List<String> holding(TestDatabase database) throws SQLException {
        List<String> holding = new ArrayList<>();
        for (List<String> relation : database.rows("""
                SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE c.relkind IN ('r', 'm', 'p', 'v') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                   AND n.nspname !~ '^pg_t' ORDER BY 1""")) {
            String count = database.value("SELECT count(*) FROM %s t WHERE t::text ~* 'CNRY-7f3e|434e52592d37663365'"
                    .formatted(relation.get(0)));
            if (!"0".equals(count)) {
                holding.add(relation.get(0));
            }
        }
        database.rows("""
                        SELECT DISTINCT 'statistics of ' || tablename FROM pg_stats s
                         WHERE schemaname <> 'pg_catalog' AND s::text LIKE '%CNRY-7f3e%'""").forEach(row -> holding.add(row.get(0)));
        return holding;
    }
}
