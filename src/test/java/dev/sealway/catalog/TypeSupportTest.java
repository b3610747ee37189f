package dev.sealway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class TypeSupportTest {

    @BeforeEach
    void types(TestDatabase db) throws SQLException {
        db.execute("""
                CREATE EXTENSION citext; CREATE EXTENSION hstore;
                CREATE TYPE mood AS ENUM ('sad', 'ok');
                CREATE DOMAIN em AS text CHECK (VALUE ~ '@');
                CREATE DOMAIN blob AS bytea;
                CREATE TYPE addr AS (street text, zip int);
                CREATE TYPE odd AS (street text, place circle);
                CREATE DOMAIN yes AS boolean""");
    }

    @Test
    void supportsEveryTypeThatWasTried(TestDatabase db) throws SQLException {
        String[] tried = {
            "numeric",
            "numeric(10,2)",
            "float8",
            "float4",
            "date",
            "timestamp",
            "timestamp(3)",
            "timestamptz",
            "time",
            "timetz",
            "interval",
            "interval day to second(3)",
            "bool",
            "int2",
            "int8",
            "uuid",
            "text",
            "varchar(5)",
            "char(5)",
            "\"char\"",
            "name",
            "citext",
            "bytea",
            "jsonb",
            "json",
            "xml",
            "int[]",
            "int[][]",
            "text[]",
            "numeric[]",
            "timestamptz[]",
            "mood",
            "em",
            "addr",
            "inet",
            "cidr",
            "macaddr",
            "int4range",
            "numrange",
            "tstzrange",
            "int4multirange",
            "bit(4)",
            "varbit",
            "money",
            "point",
            "hstore",
            "tsvector",
            "oid",
            "pg_lsn",
            "macaddr8",
            "em[]",
            "addr[]",
            "mood[]",
            "blob",
            "yes",
            "int4range[]"
        };
        assertThat(untried(db, tried).values())
                .allSatisfy(parts -> assertThat(parts).isEmpty());
    }

    @Test
    void namesTheBaseTypeThatWasNotTried(TestDatabase db) throws SQLException {
        assertThat(untried(db, "circle", "odd", "odd[]", "tsquery", "regclass"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "c0", List.of("circle"),
                        "c1", List.of("circle"),
                        "c2", List.of("circle"),
                        "c3", List.of("tsquery"),
                        "c4", List.of("regclass")));
    }

    @Test
    void encodesBytesRawAndPadsShortValues(TestDatabase db) throws SQLException {
        assertThat(encodings(
                        db,
                        "bytea",
                        "blob",
                        "text",
                        "em",
                        "bool",
                        "yes",
                        "mood",
                        "int4",
                        "numeric(9,2)",
                        "date",
                        "uuid",
                        "int4range",
                        "jsonb",
                        "addr",
                        "int[]",
                        "bytea[]"))
                .containsExactly(
                        "raw/1",
                        "raw/1",
                        "pgtext/1",
                        "pgtext/1",
                        "pgtext/1;pad=32",
                        "pgtext/1;pad=32",
                        "pgtext/1;pad=32",
                        "pgtext/1;pad=32",
                        "pgtext/1;pad=32",
                        "pgtext/1;pad=32",
                        "pgtext/1;pad=32",
                        "pgtext/1;pad=32",
                        "pgtext/1",
                        "pgtext/1",
                        "pgtext/1",
                        "pgtext/1");
    }

    @Test
    void obeysThePlansOwnPadding(TestDatabase db) throws SQLException {
        LiveColumn bool = columns(db, "bool").get(0);
        assertThat(TypeSupport.encoding(bool, 0).id()).isEqualTo("pgtext/1");
        assertThat(TypeSupport.encoding(bool, 64).id()).isEqualTo("pgtext/1;pad=64");
    }

    @Test
    void tellsEnumerableTypesAndTypesThatBindRows(TestDatabase db) throws SQLException {
        assertThat(columns(db, "bool", "yes", "mood", "date", "text", "int4", "mood[]"))
                .extracting(TypeSupport::isEnumerable)
                .containsExactly(true, true, true, true, false, false, false);
        assertThat(columns(db, "int2", "int8", "uuid", "text", "varchar(9)", "em", "date"))
                .allMatch(TypeSupport::bindsRows);
        assertThat(columns(db, "numeric", "citext", "timestamptz", "char(3)", "float8", "mood", "bytea", "int[]"))
                .noneMatch(TypeSupport::bindsRows);
    }

    private static List<String> encodings(TestDatabase db, String... types) throws SQLException {
        return columns(db, types).stream()
                .map(c -> TypeSupport.encoding(c).id())
                .toList();
    }

    private static Map<String, List<String>> untried(TestDatabase db, String... types) throws SQLException {
        List<LiveColumn> columns = columns(db, types);
        return Looking.at(db, tx -> {
            Map<String, List<String>> found = new TreeMap<>();
            columns.forEach(c -> found.put(c.name().name(), TypeSupport.untried(tx, c)));
            return found;
        });
    }

    private static List<LiveColumn> columns(TestDatabase db, String... types) throws SQLException {
        db.execute("DROP TABLE IF EXISTS t; CREATE TABLE t ()");
        for (int i = 0; i < types.length; i++) {
            db.execute("ALTER TABLE t ADD COLUMN c%d %s".formatted(i, types[i]));
        }
        return Looking.table(db, "t").columns();
    }
}
