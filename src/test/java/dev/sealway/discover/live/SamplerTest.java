package dev.sealway.discover.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.catalog.Catalog;
import dev.sealway.discover.ColumnFacts;
import dev.sealway.jdbc.Database;
import dev.sealway.plan.TableName;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class SamplerTest {

    private TestDatabase database;

    @BeforeEach
    void take(TestDatabase fresh) {
        database = fresh;
    }

    @Test
    void listsUsersTablesOnlyAndPartitionedOnesOnce() throws Exception {
        database.execute(
                "CREATE TABLE plain (id int)",
                "CREATE UNLOGGED TABLE unlogged (id int)",
                "CREATE TABLE parts (id int) PARTITION BY RANGE (id)",
                "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (9)",
                "CREATE VIEW seen AS SELECT * FROM plain",
                "CREATE MATERIALIZED VIEW kept AS SELECT * FROM plain",
                "CREATE FOREIGN DATA WRAPPER nothing",
                "CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing",
                "CREATE FOREIGN TABLE far (id int) SERVER nowhere",
                "CREATE TABLE flyway_schema_history (installed_by text)",
                "CREATE SCHEMA sealway",
                "CREATE TABLE sealway.ledger (id int)",
                "CREATE SCHEMA \"Odd.One\"",
                "CREATE TABLE \"Odd.One\".\"T\" (id int)");

        assertThat(tables(Set.of()))
                .extracting(TableName::toString)
                .containsExactly("Odd.One.T", "public.parts", "public.plain", "public.unlogged");
        assertThat(tables(Set.of("Odd.One"))).extracting(TableName::table).containsExactly("T");
    }

    @Test
    void readsNoMoreRowsThanItMayAndOfAValueOnlyTheBeginning() throws Exception {
        database.execute(
                "CREATE TABLE t (id int, body text, doc jsonb)",
                "INSERT INTO t SELECT i, repeat('x', 100000), jsonb_build_object('k', repeat('y', 9000)) FROM generate_series(1, 50) i");

        var sample = sample("t", 20);

        assertThat(sample.rows()).isEqualTo(20);
        assertThat(column(sample, "body").sample().size()).isEqualTo(20);
        assertThat(column(sample, "doc").sample().size()).isZero();
    }

    @Test
    void takesLargeTablesFromAllOverAndLosesNoneToOldStatistics() throws Exception {
        database.execute(
                "CREATE TABLE t (id int, email text)",
                "INSERT INTO t SELECT i, i || '@example.org' FROM generate_series(1, 20000) i",
                "ANALYZE t");
        assertThat(sample("t", 50).rows()).isBetween(5L, 50L);

        database.execute("DELETE FROM t WHERE id <> 15000");

        assertThat(column(sample("t", 50), "email").sample().size()).isEqualTo(1);
    }

    @Test
    void readsEveryTypeThatTellsSomething() throws Exception {
        database.execute(
                "CREATE EXTENSION citext",
                "CREATE TYPE mood AS ENUM ('sad', 'fine')",
                "CREATE DOMAIN mail AS citext",
                "CREATE TABLE t (a mail, b mood, c date, d numeric, e text[], f bytea, g inet, h json, i point, j char(9), COMMENT_ON int)",
                "COMMENT ON COLUMN t.comment_on IS 'said'",
                "INSERT INTO t VALUES ('a@example.org', 'sad', '1984-01-02', 1.5, '{x,y}', '\\x00', '::1', '{}', '(1,2)', 'abc', 1)");

        var sample = sample("t", 50);

        assertThat(sample.unread()).isEmpty();
        assertThat(sample.columns().stream().filter(c -> c.sample().size() == 1).map(ColumnFacts::name))
                .containsExactly("a", "b", "c", "d", "e", "h", "j", "comment_on");
        assertThat(column(sample, "comment_on").comment()).contains("said");
    }

    @Test
    void judgesByNamesWhatTakesTooLong() throws Exception {
        database.execute(
                "CREATE TABLE t (id int, email text)",
                "INSERT INTO t VALUES (1, 'a@example.org')",
                "CREATE FUNCTION slow(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN PERFORM pg_sleep(30); RETURN 1; END'");
        // a view in the place of a slow table: what is read of it takes its time
        database.execute("CREATE VIEW lazy AS SELECT slow(id) AS n, email FROM t");

        var sample = sample("lazy", 50, Duration.ofMillis(300));

        assertThat(sample.unread()).contains("it took longer than the statement timeout");
        assertThat(column(sample, "email").sample().size()).isZero();
    }

    private List<TableName> tables(Set<String> schemas) {
        return Database.of(database.dataSource())
                .inTransaction(Bounds.USUAL.settings(), "listing", tx -> UserTables.of(tx, schemas));
    }

    private TableSample sample(String table, int rows) {
        return sample(table, rows, Duration.ofSeconds(10));
    }

    private TableSample sample(String table, int rows, Duration timeout) {
        var bounds = new Bounds(rows, timeout);
        return Database.of(database.dataSource())
                .inTransaction(bounds.settings(), "looking", tx -> Sampler.in(tx, bounds)
                        .of(Catalog.in(tx).table(new TableName("public", table)).orElseThrow()));
    }

    private static ColumnFacts column(TableSample sample, String name) {
        return sample.columns().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
