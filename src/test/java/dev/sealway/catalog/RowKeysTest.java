package dev.sealway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class RowKeysTest {

    @Test
    void prefersThePrimaryKeyInTheOrderOfItsIndex(TestDatabase db) throws SQLException {
        db.execute("CREATE TABLE t (a int, b text, c int NOT NULL UNIQUE, PRIMARY KEY (b, a) INCLUDE (c))");
        assertThat(keyOf(db)).containsExactly("b", "a");
    }

    @Test
    void takesADeferrablePrimaryKey(TestDatabase db) throws SQLException {
        db.execute("CREATE TABLE t (a int PRIMARY KEY DEFERRABLE)");
        assertThat(keyOf(db)).containsExactly("a");
    }

    @Test
    void takesTheShortestUniqueConstraintOtherwise(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE t (a int NOT NULL, b int NOT NULL, c int, d int NOT NULL, e int NOT NULL,
                  UNIQUE (a, b), UNIQUE (c), UNIQUE (d) DEFERRABLE);
                CREATE UNIQUE INDEX partial ON t (e) WHERE e > 0;
                CREATE UNIQUE INDEX expression ON t (abs(e))""");
        assertThat(keyOf(db)).containsExactly("a", "b");
        db.execute("CREATE UNIQUE INDEX plain ON t (e)");
        assertThat(keyOf(db)).containsExactly("e");
    }

    @Test
    void findsNoneWhereNothingTellsRowsApart(TestDatabase db) throws SQLException {
        db.execute("CREATE TABLE t (a int, b int NOT NULL); CREATE INDEX i ON t (b)");
        assertThat(keyOf(db)).isEmpty();
    }

    @Test
    void takesNoKeyWhoseCollationHoldsDifferentTextsEqual(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
                CREATE TABLE t (a text COLLATE loose PRIMARY KEY)""");
        assertThat(keyOf(db)).isEmpty();
    }

    @Test
    void takesNoIndexInAnotherOrderThanTheColumnsOwn(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE TABLE t (a text NOT NULL, b int NOT NULL);
                CREATE UNIQUE INDEX i1 ON t (a text_pattern_ops);
                CREATE UNIQUE INDEX i2 ON t (a COLLATE "C");
                CREATE UNIQUE INDEX i3 ON t (b DESC)""");
        assertThat(keyOf(db)).isEmpty();
    }

    @Test
    void trustsNoNotNullThatWasNotValidated(TestDatabase db) throws SQLException {
        assumeTrue(Integer.parseInt(db.value("SHOW server_version_num")) >= 180_000, "NOT VALID came with 18");
        db.execute("""
                CREATE TABLE t (a int UNIQUE);
                INSERT INTO t VALUES (NULL);
                ALTER TABLE t ADD CONSTRAINT later NOT NULL a NOT VALID""");
        assertThat(keyOf(db)).isEmpty();
        assertThat(Looking.table(db, "t").column("a").orElseThrow().notNull()).isFalse();
        db.execute("DELETE FROM t; ALTER TABLE t VALIDATE CONSTRAINT later");
        assertThat(keyOf(db)).containsExactly("a");
    }

    private static List<String> keyOf(TestDatabase db) {
        return Looking.table(db, "t").rowKey().stream()
                .flatMap(k -> k.names().stream())
                .map(n -> n.name())
                .toList();
    }
}
