package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the planner gets to know of a table, whose statistics would hold frequent values in clear. */
@ExtendWith(PostgresExtension.class)
class StatisticsTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: { search: { normalizer: exact, accept-leakage: "few values" } } }
            """;

    private Life life;

    @BeforeEach
    void createsATableThatWasNeverAnalysed(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE people (id bigint, tenant int, email text, town text, PRIMARY KEY (tenant, id))"
                        + " WITH (autovacuum_enabled = off)",
                "INSERT INTO people SELECT g, g % 3, 'a' || g % 10, 'town ' || g % 7 FROM generate_series(1, 1000) g",
                "CREATE STATISTICS together ON email, town FROM people",
                "CREATE INDEX by_start ON people (substr(town, 1, 3))");
        life = Life.of(database, TABLES + "    dispositions: { statistics public.together: drop }\n")
                .expand();
    }

    private static String columns(TestDatabase database) throws SQLException {
        return database.value(
                "SELECT string_agg(attname, ' ' ORDER BY attname) FROM pg_stats WHERE tablename IN ('people', 'by_start')");
    }

    @Test
    void holdNoPlaintextAfterABackfill(TestDatabase database) throws Exception {
        life.sealway().backfill(Selection.ALL);
        assertThat(columns(database)).isEqualTo("email_encrypted email_search id tenant");
        assertThat(database.value("SELECT count(*) FROM pg_stats_ext WHERE most_common_vals IS NOT NULL"))
                .isEqualTo("0");
        assertThat(database.value("SELECT reltuples FROM pg_class WHERE relname = 'people'"))
                .isEqualTo("1000");
    }

    @Test
    void areMadeOfTheWholeTableAfterTheDrop(TestDatabase database) throws Exception {
        life.toVerified().rehearse().contract();
        assertThat(columns(database)).isEqualTo("email_encrypted email_search id substr tenant town");
    }
}
