package dev.sealway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.plan.TableName;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class CatalogTest {

    @Test
    void readsColumnsAsTheyAre(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TYPE mood AS ENUM ('sad', 'ok');
                CREATE DOMAIN posint AS int CHECK (VALUE > 0);
                CREATE DOMAIN small AS posint CHECK (VALUE < 9);
                CREATE TABLE t (
                  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                  gone int,
                  price numeric(10,2) NOT NULL DEFAULT 1.50,
                  feel mood DEFAULT 'ok',
                  feelings mood[],
                  n small,
                  doubled int GENERATED ALWAYS AS (2) STORED);
                ALTER TABLE t DROP COLUMN gone""");
        LiveTable table = Looking.table(db, "t");
        assertThat(table.kind()).isEqualTo('r');
        assertThat(table.columns())
                .extracting(c -> c.name().name(), c -> c.type().sql(), LiveColumn::baseType, LiveColumn::category)
                .containsExactly(
                        tuple("id", "bigint", "int8", 'b'),
                        tuple("price", "numeric(10,2)", "numeric", 'b'),
                        tuple("feel", "public.mood", "mood", 'e'),
                        tuple("feelings", "public.mood[]", "_mood", 'b'),
                        tuple("n", "public.small", "int4", 'b'),
                        tuple("doubled", "integer", "int4", 'b'));
        assertThat(table.column("id").orElseThrow().identity()).isTrue();
        assertThat(table.column("doubled").orElseThrow().generated()).isTrue();
        assertThat(table.column("doubled").orElseThrow().defaultExpression()).isEmpty();
        assertThat(table.column("price").orElseThrow().notNull()).isTrue();
        assertThat(table.column("feel").orElseThrow().defaultExpression()).contains("'ok'::public.mood");
    }

    @Test
    void readsTheSameUnderAnySearchPathAndPutsItBack(TestDatabase db) throws SQLException {
        db.execute("CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (id int PRIMARY KEY, m mood)");
        LiveTable found = Looking.writing(db, tx -> {
            String before =
                    tx.first(Sql.of("SHOW search_path"), r -> r.getString(1)).orElseThrow();
            LiveTable table = Catalog.in(tx).table(new TableName("public", "t")).orElseThrow();
            assertThat(tx.first(Sql.of("SHOW search_path"), r -> r.getString(1)))
                    .contains(before);
            return table;
        });
        assertThat(found).isEqualTo(Looking.table(db, "t"));
        assertThat(found.column("m").orElseThrow().type().sql()).isEqualTo("public.mood");
    }

    @ParameterizedTest
    @DisplayName("T66 finds tables and columns by exact spelling")
    @ValueSource(
            strings = {
                "we\"ird",
                "a.b",
                "x\"; DROP TABLE t;--",
                "Ünï",
                "select",
                "UPPER",
                "{table}",
                "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij123"
            })
    void findsHostileNames(String name, TestDatabase db) throws SQLException {
        Identifier quoted = Identifier.of(name);
        db.execute(
                "CREATE SCHEMA %s".formatted(quoted.sql()),
                "CREATE TABLE %1$s.%1$s (%1$s int PRIMARY KEY)".formatted(quoted.sql()));
        LiveTable table = Looking.table(db, name, name);
        assertThat(table.name().name()).isEqualTo(quoted);
        assertThat(table.rowKey().orElseThrow().names()).containsExactly(quoted);
        Optional<LiveTable> again = Looking.at(db, tx -> Catalog.in(tx).table(table.oid()));
        assertThat(again).contains(table);
    }

    @Test
    void findsNothingByAnotherSpelling(TestDatabase db) throws SQLException {
        db.execute("CREATE TABLE users (id int PRIMARY KEY); CREATE SEQUENCE s");
        for (String other : List.of("Users", "\"users\"", "user", "users ", "s", "users_pkey", "x".repeat(200))) {
            Optional<LiveTable> found = Looking.at(db, tx -> Catalog.in(tx).table(new TableName("public", other)));
            assertThat(found).as(other).isEmpty();
        }
        Optional<LiveTable> found = Looking.at(db, tx -> Catalog.in(tx).table(4_000_000_000L));
        assertThat(found).isEmpty();
    }

    @Test
    void measuresPartitionsAsOneTable(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE p (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
                CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
                CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY LIST (id);
                CREATE TABLE p2a PARTITION OF p2 DEFAULT""");
        assertThat(Looking.table(db, "p").estimatedRows()).isEqualTo(-1);
        db.execute(
                "INSERT INTO p SELECT i, '2024-05-05' FROM generate_series(1, 300) i",
                "INSERT INTO p SELECT i, '2025-05-05' FROM generate_series(1, 200) i",
                "ANALYZE p");
        LiveTable table = Looking.table(db, "p");
        assertThat(table.kind()).isEqualTo('p');
        assertThat(table.estimatedRows()).isEqualTo(500);
        assertThat(table.bytes())
                .isEqualTo(Looking.table(db, "p1").bytes()
                        + Looking.table(db, "p2a").bytes());
        assertThat(table.rowKey().orElseThrow().names())
                .extracting(Identifier::name)
                .containsExactly("id", "at");
    }

    @Test
    void knowsTheServer(TestDatabase db) {
        ServerFacts server = Looking.at(db, tx -> Catalog.in(tx).server());
        assertThat(server.major()).isBetween(14, 18);
        assertThat(server.encoding()).isEqualTo("UTF8");
        assertThat(server.user()).isEqualTo(db.user());
        assertThat(server.superuser()).isTrue();
        assertThat(server.inRecovery()).isFalse();
    }
}
