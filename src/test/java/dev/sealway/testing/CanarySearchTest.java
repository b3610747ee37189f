package dev.sealway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class CanarySearchTest {

    @Test
    void findsATextWhereverItLies(TestDatabase database) throws Exception {
        database.execute(
                "CREATE SCHEMA \"we\"\"ird\"",
                "CREATE TABLE clean AS SELECT 1 AS id",
                "CREATE TABLE \"we\"\"ird\".texts AS SELECT 'a CANARY-1 b' AS t",
                "CREATE UNLOGGED TABLE bytes AS SELECT convert_to('CANARY-1', 'UTF8') AS b",
                "CREATE MATERIALIZED VIEW seen AS SELECT t FROM \"we\"\"ird\".texts");
        assertThat(CanarySearch.relations(database, "CANARY-1"))
                .containsExactlyInAnyOrder("public.bytes", "public.seen", "\"we\"\"ird\".texts");
        assertThat(CanarySearch.relations(database, "CANARY-2")).isEmpty();
    }

    @Test
    void namesTemporaryTablesOfOthers(TestDatabase database) throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE held (t text)");
            assertThat(CanarySearch.relations(database, "CANARY"))
                    .singleElement()
                    .asString()
                    .startsWith("pg_temp");
        }
        assertThat(CanarySearch.temporaryFiles(database)).isEmpty();
    }
}
