package dev.sealway.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class IndexSizesTest {

    private static final long MB = 1 << 20;

    @Test
    void tellsOnlyOfWhatGrewMuch() {
        IndexSizes before = new IndexSizes(Map.of("a", 20 * MB, "b", 1_000 * MB, "c", MB, "gone", MB));
        IndexSizes after = new IndexSizes(Map.of("a", 45 * MB, "b", 1_200 * MB, "c", 4 * MB, "built", 90 * MB));
        assertThat(after.bloatSince(before))
                .containsExactly("index a grew from 20 to 45 MB during the walk; REINDEX INDEX CONCURRENTLY a"
                        + " gives back what is not new rows");
        assertThat(before.bloatSince(before)).isEmpty();
    }

    @Test
    void knowsTheIndexesOfAllPartitions(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE visits (id bigint, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)",
                "CREATE TABLE \"Visits 1\" PARTITION OF visits FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')",
                "CREATE TABLE visits2 PARTITION OF visits FOR VALUES FROM ('2021-01-01') TO ('2022-01-01')",
                "INSERT INTO visits SELECT g, '2020-02-01' FROM generate_series(1, 100) g");
        IndexSizes sizes = Database.of(database.dataSource())
                .inTransaction(
                        TransactionSettings.reading(),
                        "looking at indexes",
                        tx -> IndexSizes.of(tx, QualifiedName.of("public", "visits")));
        assertThat(sizes.bytes()).containsOnlyKeys("public.\"Visits 1_pkey\"", "public.visits2_pkey");
        assertThat(sizes.bytes().get("public.\"Visits 1_pkey\"")).isPositive();
    }
}
